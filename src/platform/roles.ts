/** Where a space stands with the network; `null` for who acts for none. */
export const standings = ['unclaimed', 'registered', 'rejected', 'admitted', 'suspended', 'left'] as const
export type Standing = (typeof standings)[number]

/** What a person may be for a space, and who runs the network. */
export const managerRoles = ['owner', 'manager', 'viewer'] as const
export type ManagerRole = (typeof managerRoles)[number]
