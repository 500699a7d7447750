/** How things stand, as the member's page tells it. */
export const situation = {
  asked: {
    title: 'May we introduce you to {{there}}?',
    titleNamed: '{{name}}, may we introduce you to {{there}}?',
    titleBy: 'May {{sender}} introduce you to {{there}}?',
    titleNamedBy: '{{name}}, may {{sender}} introduce you to {{there}}?',
    thinks: '{{place}} thinks you would be well there.',
    undecided: 'Nothing has been sent yet. You decide.',
    next: 'If you say yes, {{receiver}} reads the first part and answers, as a rule within {{period}}. You can withdraw your consent at any time, on this page.',
  },
  way: {
    once: '{{origin}} introduced you to {{sender}}.',
    longer: '{{origin}} introduced you first, and that led to {{sender}}.',
    better: '{{from}} thinks that {{to}} would fit you better.',
  },
  unsent: 'Nothing was sent to {{there}}.',
  overdue: {
    title: 'The time to answer is over',
    next: 'If you would still like to be introduced, tell {{origin}}: they can refer you again.',
  },
  sent: {
    title: '{{sender}} has referred you to {{there}}',
    lead: '{{receiver}} reads about you and answers, as a rule within {{period}}.',
    next: 'If they say yes, one e-mail introduces you to each other. If not, {{origin}} may suggest another space.',
  },
  accepted: {
    title: '{{receiver}} has said yes',
    missed: 'The visit that was arranged did not take place.',
    acquainted: 'They know who you are and how to reach you. One e-mail introduces you to each other.',
    untold: 'They will see who you are and how to reach you as soon as you have been told.',
    first: 'Arrange your first visit with them.',
    another:
      'Arrange another visit with them. If that one does not take place either, this introduction ends.',
  },
  scheduled: {
    title: 'Your visit to {{there}} is arranged',
    titlePast: 'Have you been to {{there}}?',
    lead: 'It is on {{time}}, by the clock in {{city}}.',
    leadPast: 'Your visit was arranged for {{time}}, by the clock in {{city}}.',
    afterwards: 'Afterwards, say here that you were there.',
    say: 'Say whether you were there.',
  },
  underWay: {
    visited: 'You have visited {{there}}',
    trial: 'You are trying out {{there}}',
    lead: '{{sender}} introduced you, and {{receiver}} said yes.',
    next: 'When it goes on, tell it here: the link to this page keeps working.',
  },
  closed: {
    title: 'This introduction has ended',
    left: 'You have left {{there}} again',
    joined: 'You have joined {{there}}',
    completed: 'Your stay at {{there}} is over',
    introduced: '{{sender}} introduced you to {{there}}.',
    notJoined: '{{receiver}} says that you have not become a member.',
    noVisit: 'No visit took place.',
    noShow: '{{receiver}} says that you did not come.',
    unreachable: '{{receiver}} says that it could not reach you.',
    unknown: 'How it went on has not been told.',
    leaveBy: 'If you leave again by {{until}}, say so here.',
    betterBy: 'If you know better, say so here by {{until}}.',
    thereBy: 'If you were there all the same, say so here by {{until}}.',
    nothingMore: 'Nothing more happens here.',
  },
  declined: '{{receiver}} cannot take you this time',
  expired: '{{receiver}} has not answered',
  originKnows: '{{origin}} knows, and may suggest another space.',
  withdrawn: '{{sender}} has withdrawn this referral',
  reach: {
    seen: '{{receiver}} has seen how to reach you since it said yes.',
    unseen: '{{receiver}} has not seen how to reach you.',
    ask: 'Ask it to delete what it noted elsewhere.',
  },
  forwarded: {
    title: '{{receiver}} suggests {{there}}',
    titleElsewhere: '{{receiver}} suggests another space',
    elsewhere: '{{receiver}} thinks that another space would fit you better.',
    onward: 'From there it went on to {{last}}.',
    yours:
      'Whether you are introduced there is yours to say: an e-mail of its own asks you, and leads to a page of its own.',
    ended: 'That introduction has ended as well. The page of its own, by the link in its e-mail, tells how.',
  },
  revoked: {
    titleUnsent: 'Nothing is sent',
    leadUnsent: 'You said no. What {{sender}} had written about you is erased here.',
    unheard: '{{receiver}} never heard of it.',
    title: 'You have withdrawn your consent',
    lead: 'Your name, how to reach you and all that was written about you are erased here.',
    told: '{{receiver}} is told that you have withdrawn your consent.',
  },
  elsewhere: {
    earlier_one:
      'What {{origin}} sent before has a page of its own, by the link in the earlier e-mail: erase it there.',
    earlier_other:
      'What was sent before has pages of its own, by the links in the earlier e-mails: erase it there.',
    later:
      'What was passed on for {{place}} has a page of its own, by the link in the later e-mail: erase it there.',
  },
  erased: {
    title: 'What was written about you is erased',
    counted:
      'That {{sender}} introduced you to {{there}}, and how it ended, stays counted, without your name.',
  },
} as const
