/** What people do, and what they look for: the words of a brief never say who it is. */
export interface Trade {
  readonly trade: string
  readonly wants: readonly string[]
  readonly amenities: readonly string[]
  readonly deskKind: 'hot_desk' | 'fixed_desk' | 'private_office' | 'meeting_room'
}

export const trades: readonly Trade[] = [
  {
    trade: 'Illustrator',
    wants: ['quiet and daylight', 'a wall to pin drawings on'],
    amenities: ['quiet_room', 'natural_light'],
    deskKind: 'fixed_desk',
  },
  {
    trade: 'Freelance translator',
    wants: ['a quiet corner', 'people who speak the language'],
    amenities: ['quiet_room', 'wifi'],
    deskKind: 'hot_desk',
  },
  {
    trade: 'Furniture maker turned designer',
    wants: ['a workshop next door', 'room for prototypes'],
    amenities: ['workshop', 'storage'],
    deskKind: 'fixed_desk',
  },
  {
    trade: 'Podcast producer',
    wants: ['a booth to record in', 'good sound insulation'],
    amenities: ['phone_booth', 'recording_room'],
    deskKind: 'hot_desk',
  },
  {
    trade: 'Backend developer',
    wants: ['two screens and a calm floor', 'a group that eats lunch together'],
    amenities: ['wifi', 'monitor', 'kitchen'],
    deskKind: 'fixed_desk',
  },
  {
    trade: 'Documentary photographer',
    wants: ['storage that locks', 'a darkroom nearby'],
    amenities: ['storage', 'printer'],
    deskKind: 'hot_desk',
  },
  {
    trade: 'Climate researcher',
    wants: ['a place for a long write-up', 'somebody to argue with over coffee'],
    amenities: ['quiet_room', 'coffee'],
    deskKind: 'fixed_desk',
  },
  {
    trade: 'Tax adviser for freelancers',
    wants: ['a room for confidential talks', 'other advisers around'],
    amenities: ['meeting_room', 'phone_booth'],
    deskKind: 'private_office',
  },
  {
    trade: 'Two-person games studio',
    wants: ['a door of their own', 'testers at the next table'],
    amenities: ['meeting_room', 'wifi'],
    deskKind: 'private_office',
  },
  {
    trade: 'Community organiser',
    wants: ['an events room once a month', 'neighbours who join in'],
    amenities: ['event_space', 'kitchen'],
    deskKind: 'hot_desk',
  },
  {
    trade: 'Parent back from leave',
    wants: ['childcare within reach', 'short days without questions'],
    amenities: ['childcare', 'wifi'],
    deskKind: 'hot_desk',
  },
  {
    trade: 'Cyclist and UX writer',
    wants: ['a place for the bicycle', 'a shower'],
    amenities: ['bike_parking', 'shower'],
    deskKind: 'hot_desk',
  },
  {
    trade: 'Ceramicist with a web shop',
    wants: ['a shipping corner', 'sturdy shelves'],
    amenities: ['storage', 'workshop'],
    deskKind: 'fixed_desk',
  },
  {
    trade: 'Data journalist',
    wants: ['fast internet and late hours', 'colleagues from the press'],
    amenities: ['wifi', 'open_24_7'],
    deskKind: 'fixed_desk',
  },
]

export const amenities = [
  'wifi',
  'coffee',
  'kitchen',
  'quiet_room',
  'natural_light',
  'phone_booth',
  'meeting_room',
  'event_space',
  'printer',
  'monitor',
  'storage',
  'workshop',
  'recording_room',
  'bike_parking',
  'shower',
  'childcare',
  'open_24_7',
  'garden',
] as const

export const communities = [
  'design',
  'tech',
  'writing',
  'crafts',
  'social_impact',
  'film',
  'research',
  'food',
  'music',
] as const

/** Why somebody comes, by the length of the stay. */
export const reasons = {
  visit: [
    'in town for a week of meetings',
    'passing through between two trains',
    'visiting family and needs a desk',
  ],
  temporary: [
    'here for a project of two months',
    'renting a flat nearby for the season',
    'escaping a noisy renovation',
  ],
  relocate: ['moving here for good', 'following a partner to this city', 'moving back after years abroad'],
  join: ['has outgrown our place', 'lives closer to you than to us', 'would be better off among your people'],
} as const

export type Stay = keyof typeof reasons

export const notes = [
  'Ran our drawing nights for a year; we are sorry to let go.',
  'Brings cake on Fridays. Everybody here vouches.',
  'Quiet at first, then the one who keeps the place together.',
  'Always paid on time and washed up, which says a lot.',
  'Helped us set up our newcomers’ lunch.',
  'Please show the roof terrace first.',
] as const

/** What a receiver says, and what it asks for. */
export const welcomes = [
  'Ring at the blue door, we are on the second floor.',
  'Come on a Tuesday: that is soup day.',
  'Ask for me at the counter.',
  'The first coffee is ours.',
] as const
export const termsNotes = {
  free: 'The first three days are on us.',
  discount: 'A week at half price, then our usual rate.',
  full_price: 'Our usual rate, key deposit waived.',
} as const
