/** The mails to the member. */
export const letter = {
  asked: {
    subject: 'May {{sender}} introduce you to {{there}}?',
    subjectOnward: '{{sender}} suggests {{there}} for you',
    preview: 'Nothing has been sent yet. You decide, until {{until}}.',
    title: '{{name}}, may we introduce you to {{there}}?',
    suggests: '{{place}} thinks you would be well there. Nothing has been sent yet. You decide.',
    onward:
      '{{origin}} introduced you to {{place}}, who suggests {{receiver}}: they think you would be well there. Nothing has been sent yet. You decide.',
    unseen: '{{sender}} itself has not seen your name or how to reach you.',
    wouldRead: 'This is what they would read about you:',
    with: 'With it',
    sealed: 'Only if they say yes',
    say: 'Please answer by {{until}}.',
    link: 'Read it and answer',
    after:
      'Opening the page changes nothing: you say yes or no there, with one click. Without an answer nothing is sent, and you can withdraw your consent at any time.',
    whyOnward:
      'You get this because {{origin}} gave us your address to introduce you. The link is for you alone.',
  },
  notice: {
    right: 'If that is right, there is nothing to do.',
    agreed: '{{place}} says that you agreed to this.',
    agreedOn: '{{place}} says that you agreed to this on {{day}}.',
    agreedHow: '{{place}} says that you agreed to this on {{day}}, {{how}}.',
    read: 'This is what they read about you:',
    say: 'Not right, or changed your mind?',
    link: 'Look, or withdraw consent',
    named:
      '{{receiver}} reads this with your name, as you agreed; how to reach you only if they say yes. If you withdraw your consent, both are hidden at once and erased here.',
    sealed:
      'Your name and how to reach you are shown to {{receiver}} only if they say yes. If you withdraw your consent, they are hidden at once and erased here.',
  },
  disputed: {
    subject: 'How did it go at {{receiver}}? Your word counts',
    preview: '{{sender}} and {{receiver}} tell it differently.',
    title: 'How did it go at {{receiver}}?',
    introduced: '{{origin}} introduced you to {{there}}.',
    whether: '{{sender}} and {{receiver}} tell it differently: whether you came, tried it out, or joined.',
    whetherLeft: '{{sender}} and {{receiver}} tell it differently: whether you have left again.',
    word: 'You have done nothing wrong. You know best how it was, so your word counts.',
    say: 'Please tell us by {{until}}. It takes a moment.',
    link: 'Say how it went',
    silent: 'If you say nothing, it is settled without you. Nothing changes for you either way.',
    stands:
      'What you told us before still stands if you say nothing more. Nothing changes for you either way.',
    why: 'You get this because {{origin}} gave us your address for this introduction. The link is for you alone.',
  },
  renewed: {
    subject: 'A new link to the page about your introduction',
    preview: 'The link that you had before no longer works.',
    title: 'Your page has a new link',
    about: 'It is the page about your introduction by {{sender}} to {{there}}.',
    stopped: 'The link that you had before was stopped: nobody can open the page by it any more.',
    say: 'From now on this one is yours.',
    link: 'Open your page',
    after:
      'You asked for it on that page, or {{sender}} did. Nothing else has changed. Please do not pass this mail on: whoever has the link can answer in your name.',
  },
  why: 'You get this because {{sender}} gave us your address for this one introduction. The link is for you alone.',
} as const
