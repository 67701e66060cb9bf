import type { Language } from '../../../text/language.ts';

type ByLanguage = Readonly<Record<Language, RegExp>>;

/** What people say before they say something. */
export const filler: ByLanguage = {
  en: /^(?:(?:ok(?:ay)?|so|um+|uh+|er+m?|hm+|well|right|yeah|yes|anyway|oh|ah|and|but|also|then|like|btw|by the way|plus|actually|honestly|basically|i mean|you know|i guess|i think|let me think|what else|next|finally|seriously|omg|ugh|argh)\b[\s,.:!…–—-]*)+/iu,
  de: /^(?:(?:ok(?:ay)?|ach(?: ja)?|ähm?|hm+|naja|na ja|also|und|aber|übrigens|achso|eigentlich|genau|ja|dann|außerdem|was noch|irgendwie|puh|uff|so|zuerst|als erstes|ehrlich gesagt)(?!\p{L})[\s,.:!…–—-]*)+/iu,
};

/** Said of what is not to be done, was done, or should have been. */
export const notToDo: ByLanguage = {
  en: /\b(?:don't|do not|doesn't|didn't|no longer|never)\s+(?:\w+\s+)?(?:need|have|want)\s+to\b|\bshould(?:n't)?(?: not)?(?:'ve| have)\b|\bused to\b|\b(?:is|are|was|were|it's|already|all)\s+(?:already\s+)?(?:done|finished|sorted|paid|sent)\b|^(?:i|we)\s+(?:already|finally|just)?\s*(?:did|sent|called|paid|bought|went|made|wrote|had|got|was|were|forgot|saw|met|spent|talked|finished|worked|slept|watched|read)\b/iu,
  de: /\b(?:muss|müssen|soll|sollte|will|brauche?)\s+(?:\p{L}+\s+)?(?:nicht|nichts|kein\p{L}*)\b|\bhätte(?:n)?\b|(?:ist|sind|war|waren|schon|bereits)\s+(?:schon\s+)?(?:erledigt|fertig|bezahlt|geschickt)\b|^(?:ich|wir)\s+(?:hab|habe|haben|bin|sind)\s.*\b(?:ge\p{L}+(?:t|en)|be\p{L}+t|ver\p{L}+t)\b/iu,
};

/** That something is meant to be done. */
export const toDo: ByLanguage = {
  en: /\b(?:needs? to|have to|has to|got to|gotta|must|should|ought to|supposed to|better)\b|\b(?:don't|don’t|do not|can't|mustn't) (?:let me )?forget\b|\b(?:remember|remind me) to\b|^(?:please|todo|to-do|to do|note to self)\b|\bmake sure\b|\b(?:i|we)(?:'ll| will| am going to|'m going to|'m gonna| gonna)\b|\blet's\b/iu,
  de: /\b(?:muss|müssen|müsste|müssten|sollte|sollten|soll)(?!\p{L})|nicht vergessen|(?:dran|daran) denken|nicht zu vergessen|^(?:bitte|todo|to-do)(?!\p{L})/iu,
};

/** That somebody would like to, which is less than that they mean to. */
export const wouldLike: ByLanguage = {
  en: /\b(?:i|we)(?:'d| would)?\s*(?:really\s+)?(?:want|wanna|like|love|hope)\s*(?:to\b|(?<=wanna))/iu,
  de: /\b(?:ich|wir)\s+(?:will|wollen|möchte|möchten|würde gern\p{L}*)|\b(?:will|möchte|würde)\s+ich(?!\p{L})/iu,
};

/** A thought about what could be. */
export const idea: ByLanguage = {
  en: /^(?:(?:new |crazy |random |business |another )*ideas?\b|thought)\s*[:–—-]|\bwhat if\b|\b(?:would|could) be (?:so |really |pretty |super |kinda )?(?:cool|nice|fun|great|good|awesome|amazing|interesting)\b|\bmaybe (?:we|i|you|someone|one)? ?(?:could|can|should)\b|\b(?:we|one|i) could\b|\bsome ?day\b|\bone day\b|\bi wonder (?:if|whether)\b|\bhow about\b|\bimagine\b/iu,
  de: /^(?:(?:neue|verrückte|weitere)\s+)?idee\p{L}*\s*[:–—-]|was wäre,? wenn|\bwäre (?:\p{L}+\s+){0,3}(?:cool|schön|toll|super|gut|spannend|lustig)|\bvielleicht (?:könnte\p{L}*|sollte\p{L}*|kann)|\b(?:man|wir|ich) könnte\p{L}*|\bkönnte(?:n)? (?:man|wir|ich)\b|\birgendwann(?!\p{L})|\beines tages\b|\bwie wär(?:e|'s|s)?\b/iu,
};

/** A mood of the moment: what weighs, and what is good. */
export const mood: Readonly<Record<Language, { readonly low: RegExp; readonly high: RegExp }>> = {
  en: {
    low: /\b(?:stress(?:ed|ful)?|overwhelm(?:ed|ing)|tired|exhausted|anxious|anxiety|worr(?:y|ied)|scared|afraid|sad|angry|annoyed|frustrat(?:ed|ing)|guilty|lonely|nervous|burn(?:ed|t) out|too much|freak(?:ing)? out|can't sleep|can't focus|hate that|drives me (?:mad|crazy|nuts)|feel(?:ing)? (?:bad|awful|terrible|like crap|behind|stuck|lost)|my head is)\b/iu,
    high: /\b(?:excited|happy|glad|proud|grateful|relieved|looking forward|can't wait|feel(?:ing)? (?:good|great|better))\b/iu,
  },
  de: {
    low: /gestresst|stress(?!\p{L})|überfordert|müde|erschöpft|ängstlich|\bangst\b|sorge\p{L}*|traurig|wütend|genervt|nervt|frustrier\p{L}*|schlechtes gewissen|einsam|nervös|ausgebrannt|zu viel(?: gerade)?\b|kann nicht schlafen|schlafe schlecht|fühle? mich (?:schlecht|mies|überfordert|schuldig|allein)|kopf (?:ist )?(?:voll|raucht|platzt|dröhnt)/iu,
    high: /freue? mich|froh|glücklich|stolz|dankbar|erleichtert|begeistert|fühle? mich (?:gut|super|besser)/iu,
  },
};

/** Things that happen on a day by themselves. */
export const eventNoun: ByLanguage = {
  en: /\b(?:dentist|doctor|appointment|meeting|interview|birthday|party|wedding|flight|concert|exam|conference|dinner|lunch|brunch|call with|standup|workshop|webinar|funeral|graduation|parents'? evening|check-?up|vet|haircut|retro|demo|sync|class|lesson|match|game|theat(?:er|re)|visit)\b/iu,
  de: /zahnarzt|arzt(?!\p{L})|arzttermin|\btermin|besprechung|meeting|vorstellungsgespräch|geburtstag|party|feier(?!n)|hochzeit|\bflug(?!\p{L})|konzert|prüfung|klausur|konferenz|abendessen|mittagessen|elternabend|workshop|seminar|beerdigung|tüv|treffen(?!\p{L})|friseur|tierarzt|kurs(?!\p{L})|theater|besuch(?!en)/iu,
};

type Field =
  | 'background'
  | 'goalsOverview'
  | 'workStyle'
  | 'communicationStyle'
  | 'priorities'
  | 'focusAreas'
  | 'productivityChallenges';
/** What says something lasting of the person, by the field of their profile. */
export const aboutPerson: Readonly<Record<Language, readonly (readonly [Field, RegExp])[]>> = {
  en: [
    [
      'workStyle',
      /\bi (?:always |usually |really )?(?:work|focus|concentrate|write|think) (?:best|better|well)\b|\bi(?:'m| am) (?:a|not a) (?:morning|night|evening)\b|\bi need (?:quiet|silence|long blocks)\b/iu,
    ],
    [
      'communicationStyle',
      /\bi (?:prefer|hate|like|don't like) (?:getting |doing |making )?(?:emails?|phone calls?|calls|texts?|meetings|being called|slack)\b/iu,
    ],
    [
      'productivityChallenges',
      /\bi (?:always|keep|constantly|tend to)\b.*\b(?:procrastinat\w*|forget\w*|put\w* off|putting|distract\w*|late|losing|lose)\b|\bi get (?:easily )?distracted\b|\bi never finish\b|\bi have adhd\b/iu,
    ],
    [
      'goalsOverview',
      /\bmy (?:big |main |long[- ]term )?goals? (?:is|are|this year|for)\b|\bthis year i (?:want|plan|will)\b/iu,
    ],
    [
      'priorities',
      /\bmy (?:top |first |number one |biggest )?priorit(?:y|ies)\b|\bwhat matters most\b|\bfamily comes first\b/iu,
    ],
    ['focusAreas', /\bi(?:'m| am) (?:mostly |mainly )?focus(?:ing|ed) on\b|\bmy focus (?:is|this)\b/iu],
    [
      'background',
      /\bi(?:'m| am) an? (?!bit\b|little\b|mess\b|morning\b|night\b)(?:\w+ ){0,3}?(?:\w*(?:er|or|ist|ant|ian|ner)|nurse|student|parent|mum|mom|dad|freelance\w*|founder|chef|coach)\b|\bi(?:'ve| have) worked (?:as|in|for)\b|\bi (?:work|live) (?:as|at|in|with)\b/iu,
    ],
  ],
  de: [
    [
      'workStyle',
      /\b(?:ich )?(?:arbeite|konzentriere mich|schreibe|denke) (?:ich )?(?:am besten|besser|gut)\b|\b(?:bin|ich bin) (?:kein|ein) (?:morgen|nacht|abend)mensch\b|\bbrauche (?:ich )?ruhe\b/iu,
    ],
    [
      'communicationStyle',
      /\bich (?:hasse|mag|bevorzuge|mag keine|hasse keine) (?:e-?mails?|anrufe|telefonieren|telefonate|meetings|nachrichten)/iu,
    ],
    [
      'productivityChallenges',
      /\bich (?:schiebe|verzettel\p{L}*|vergesse|lasse mich)\b.*\b(?:immer|ständig|auf|leicht|ablenken|mich)\b|\bich habe adhs\b|\blasse mich (?:so |zu )?(?:schnell|leicht) ablenken/iu,
    ],
    ['goalsOverview', /\bmein (?:großes |wichtigstes )?ziel\b|\bdieses jahr (?:will|möchte) ich\b/iu],
    ['priorities', /\bmeine (?:oberste |wichtigste )?priorität\p{L}*|\bam wichtigsten (?:ist|sind) (?:mir|für mich)/iu],
    ['focusAreas', /\bmein (?:fokus|schwerpunkt)/iu],
    [
      'background',
      /\b(?:ich bin|bin) (?:freiberuflich\p{L}*|selbstständig\p{L}*|student\p{L}*|lehrer\p{L}*|\p{L}+(?:erin|ärztin|arzt|ingenieur\p{L}*|designer\p{L}*|entwickler\p{L}*))|\bich arbeite (?:als|bei|in)\b|\bich wohne (?:in|bei|mit)\b/iu,
    ],
  ],
};

/** A statement with something in it that one looks up later. */
export const worthKeeping =
  /https?:\/\/\S+|\b(?:password|passwort|pin|code|wifi|wlan|iban|phone number|telefonnummer|handynummer|address|adresse|budget|size|größe|password|login|serial|kundennummer|customer number)\b|\b\d{3,}\b|[€$£]\s?\d|\d\s?(?:€|euro|eur|usd|k\b)/iu;
