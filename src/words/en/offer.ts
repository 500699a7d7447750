/** What the member's page asks and offers, and what is not settled between the two spaces. */
export const offer = {
  answer: {
    title: 'You can answer until {{until}}.',
    note: 'Is something wrong in there? Say no, and tell {{sender}}.',
  },
  unsent: 'What was written about you',
  account: {
    title: 'How was it?',
    nothing: 'If you have not been there, you need not do anything.',
    note: '{{sender}} and {{receiver}} learn what you say here. Your last word counts.',
  },
  been: {
    title: 'Were you there?',
    last: 'If you could not come this time either, this introduction ends.',
  },
  arrange: {
    first: 'When will you visit?',
    again: 'Arrange a visit',
    note: 'Agree on a time with {{receiver}}, then note it here, so that both spaces know it.',
  },
  move: {
    title: 'Move the visit',
    note: 'Agree on another time with {{receiver}} first.',
  },
  already: 'I have been there already',
  further: 'It has gone further already',
  onward: 'Has it gone further?',
  untold: 'How did it go?',
  differently: 'It ended differently',
  left: 'I have left again',
  bothTold: '{{sender}} and {{receiver}} learn that you said so.',
  objection:
    '{{receiver}} learns what you say here. If it does not say otherwise within {{period}}, it stands.',
  withdraw: {
    title: 'Withdraw my consent',
    note: 'Your name, how to reach you and all that was written about you are hidden from {{receiver}} at once and erased here. It ends this referral and cannot be undone.',
  },
  erase: {
    title: 'Erase what is written about me',
    note: 'Your name, how to reach you and all that was written about you are erased here, for both spaces. How it ended stays counted, without your name. It cannot be undone.',
  },
  label: {
    grant: 'Yes, introduce me',
    refuse: 'No, thank you',
    revoke: 'Yes, withdraw and erase',
    schedule: 'Note the visit',
    reschedule: 'Move it',
    noShow: 'I could not come',
    visited: 'I was there',
    trial: 'I have started a trial',
    joined: 'I have become a member there',
    still: 'I am still a member there',
    joinedAndLeft: 'I became a member, and have left again',
    left: 'Yes, I have left again',
    erase: 'Yes, erase it',
    eraseUnsent: 'Erase what was written about me',
  },
  matter: {
    none: 'you have not been there',
    visited: 'you were there',
    trial: 'you started a trial',
    joined: 'you have become a member',
    left: 'you became a member and have left again',
    still: 'you are still a member',
    disputed: 'The two spaces tell it differently. By one account {{contested}}, by the other {{asserted}}.',
    handed:
      'What you say here is told to both. The steward of the network may decide until {{until}}; after that, the lesser of the two stands.',
    counts:
      'What you say here counts. The steward of the network may decide until {{until}}; after that, your word decides.',
    counted:
      'You have told us that {{account}}, and that counts. The steward of the network may decide until {{until}}; after that, your word decides.',
    claimed:
      'You have told us that {{account}}. {{receiver}} may say otherwise until {{until}}; if it does not, that stands.',
    claimedBySender:
      '{{sender}} says that {{account}}. {{receiver}} may say otherwise until {{until}}; if it does not, that stands.',
    withdrawing:
      '{{sender}} would like to withdraw this referral. It ends on {{until}}, or earlier if {{receiver}} agrees, unless you go on with it.',
  },
} as const
