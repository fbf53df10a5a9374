package schema

// english is what the keys mean for readers of the English manual, by Type.key.
var english = map[string]string{
	"Dialog.dialog": "the dialog's name, that of its file: a-z 0-9 _", "Dialog.title": "name for the desk, the funnel and the graph",
	"Dialog.needs": "consents without which nothing is asked here; the engine asks for missing ones", "Dialog.class": "strongest kind of text inside: service (usual), care, advertising",
	"Dialog.takes": "what is handed in: `visit: visit` is required, `doctor: practitioner?` may be missing, `kind: day | hours = day` has a default",
	"Dialog.ends":  "outcomes, the good one first; `[done]` when nothing is said", "Dialog.gives": "answers that the caller gets",
	"Dialog.expires":  "how long to wait for the person's word, then comes `expired`; 72h when nothing is said",
	"Dialog.on":       "ways from any state: `expired`, `quit` (the person said “cancel”), `no_consent`, `failed`",
	"Dialog.formerly": "the dialog's old name: people who stand in it move here", "Dialog.renamed": "old names of states: `{pick: slot}`",
	"Dialog.states": "the steps in their order; what says nothing else goes on to the one below",

	"DialogWays.expired": "silent for longer than `expires`", "DialogWays.quit": "the person said “cancel”",
	"DialogWays.no_consent": "a consent of `needs` was refused", "DialogWays.failed": "an action failed",

	"State.if": "when false, the step is passed over: on to the one below", "State.set": "gives answers values before anything is said; `nil` forgets",
	"State.say": "one text or a list of up to five messages; inside, `{value}` and `[optional piece]`", "State.ask": "the answer that is waited for; `me.phone` and the like are asked once in a lifetime",
	"State.type": "what kind of answer it is, see “Questions”", "State.again": "ask even what is known", "State.list": "an answer that holds a list: its elements become buttons",
	"State.choose": "buttons, one a line: value, label", "State.also": "other readings of the answer: `{wish: period}`", "State.retry": "what to say when the answer is not understood",
	"State.call": "an action, for example `booking.offer`", "State.run": "another dialog as a part of this one", "State.with": "what is handed to the action or the dialog",
	"State.wait": "how long to wait at the question; then comes `silence`, which must stand in `on`", "State.on": "where to go by outcome; `else` is all the rest",
	"State.next": "where to go otherwise: a step, `end`, `end OUTCOME`; or a fork: condition, step, and `else` at the end",

	"Item.if": "say it only when true", "Item.else": "say it when no `if` right above was true", "Item.text": "the message",
	"Item.count": "the number that chooses the plural form", "Item.zero": "none, in languages that have this form", "Item.two": "two, in languages that have this form", "Item.one": "1 visit", "Item.few": "2 visits, in languages that have this form",
	"Item.many": "5 visits, in languages that have this form", "Item.other": "all other numbers",
	"Item.attach": "a file, photo, place or calendar: a value (`visit.calendar`) or a path `media/…`", "Item.test": "an A/B test of journey.yaml; its variants stand below: `a`, `b`",

	"LongChoice.label": "what stands on the button, in the patient's voice and without gender", "LongChoice.words": "other words that mean the same",
	"LongChoice.if": "show the button only when true", "LongChoice.link": "an address that the button opens; the press is an answer too",

	"Everywhere.everywhere": "name of the clinic in the scripts, usually clinic", "Everywhere.reactions": "what is heard anywhere; the first that fits",
	"Everywhere.unclear": "after several misses", "Everywhere.unknown": "when nothing was asked",
	"Reaction.flags": "hears the danger signs of triage.yaml and hands on `flag`", "Reaction.says": "the whole message is one of these", "Reaction.mentions": "words inside the message; `pric*` is the beginning of a word",
	"Reaction.title": "what stands beside the command of `says` (/menu) in a messenger's list of commands; without it the command is not there", "Reaction.if": "only when true", "Reaction.run": "run a dialog on top", "Reaction.with": "what is handed to it", "Reaction.say": "just answer", "Reaction.do": "`cancel` ends what was begun, `back` returns to the last question",
	"Unclear.after": "after how many misses, usually 3", "Unclear.run": "the dialog to run", "Unclear.with": "what is handed to it",
	"Unknown.run": "the dialog to run", "Unknown.with": "what is handed to it",

	"Triage.triage": "name of the clinic in the scripts, usually clinic", "Triage.levels": "levels of urgency, the most urgent first", "Triage.flags": "danger signs, heard in any message",
	"Triage.rules": "rules of urgency from the top, the first true one wins; `otherwise` last", "Triage.routes": "which service fits, from the top; `otherwise` last", "Triage.approved": "the clinician who signed, and when",
	"Level.within": "latest time of the visit", "Level.today_first": "offer today first",
	"RedFlag.title": "name for the desk", "RedFlag.mentions": "words in the message; without them only a rule raises it", "RedFlag.unless": "words that mean it is no danger",
	"RedFlag.advice": "what to tell the person at once", "RedFlag.source": "where the rule comes from",
	"Rule.if": "when it applies", "Rule.level": "one of `levels`", "Rule.flag": "the danger sign that it raises", "Rule.source": "where the rule comes from",
	"Route.mentions": "words in the story", "Route.if": "when it fits", "Route.service": "a service of careline.yaml", "Route.together": "two practitioners in one visit",
	"Approval.by": "the clinician's name", "Approval.on": "the day, 2026-11-23",

	"Memory.memory": "name of the clinic in the scripts, usually clinic", "Memory.patient": "what is remembered of a patient: `me.NAME`", "Memory.contact": "what is remembered of a chat: `contact.NAME`",
	"Remembered.title": "what stands on the card at the desk", "Remembered.type": "type of the value: text, yesno, number, date, phone, practitioner, …",
	"Remembered.mark": "who sees it and what is erased: health, personal, plain", "Remembered.keep": "how long; for good when nothing is said",

	"Transcript.test": "what is tested", "Transcript.now": "when it begins: 2026-11-23 10:00 Europe/Moscow", "Transcript.channel": "in which messenger; usually web", "Transcript.clinic": "which clinic: sample",
	"Transcript.patient": "`new`, or a card", "Transcript.language": "language of the messenger: ru, en", "Transcript.tests": "variants of A/B tests: `{rating_ask: a}`", "Transcript.lines": "what is said and what happens, in order",
	"Card.name": "full name", "Card.phone": "phone in quotes", "Card.birth": "day of birth: 1990-05-12", "Card.consents": "consents given already", "Card.tags": "tags", "Card.visits": "visits: `2026-11-23 14:00`, or with a service: `2026-11-23 14:00 hygiene`; those of the past took place",
	"Card.courses": "courses of treatment", "Card.prevention": "when the doctor said to come again: `2027-05-20 12:00 hygiene`", "Card.family": "relatives whom the person writes for",
	"Course.title": "its name: Gum treatment", "Course.steps": "its visits in order, and by when: `2026-12-07 12:00 hygiene`",
	"Relative.name": "full name", "Relative.kin": "child or adult; usually child", "Relative.birth": "day of birth: 2019-05-12", "Relative.visits": "visits, as the patient's own",
	"Line.patient": "the person writes", "Line.tap": "presses a button under the last question", "Line.press": "presses a button of an old message, even last week's", "Line.photo": "sends a photo of this name", "Line.file": "sends a file of this name",
	"Line.sticker": "sends a sticker", "Line.voice": "sends a voice message", "Line.contact": "shares a contact", "Line.forged": "presses a button with forged data", "Line.twice": "the same once more at once: a double tap",
	"Line.bot": "the bot answers; … is anything", "Line.buttons": "all buttons under this answer, in order", "Line.attachment": "the bot sent a calendar, place, photo or file", "Line.silent": "the bot says nothing",
	"Line.pass": "time passes: 25h", "Line.next": "time passes until the bot writes by itself", "Line.down": "the program is off for so long: 3h", "Line.clock": "the clock is set: 2026-11-24 18:41 Europe/Moscow", "Line.taken": "somebody else takes this time: tomorrow 17:20", "Line.booked": "the administrator books: 2026-11-26 15:00 hygiene_consult", "Line.moved": "the administrator moves the visit to this time: tomorrow 17:20", "Line.operator": "the administrator writes to the person",
	"Line.desk": "the administrator does: return, close; about a visit: arrived, done, noshow, cancelled", "Line.expect": "what must be true now",
	"Shared.phone": "the phone", "Shared.name": "the name on the card", "Shared.own": "it is the person's own, the messenger vouches for it",

	"Journey.journey": "name of the clinic in the scripts, usually clinic", "Journey.polite": "quiet hours and how often we may write", "Journey.tests": "A/B tests", "Journey.timelines": "what happens by itself",
	"Polite.quiet": "quiet hours by class: `{service: 21:00-09:00}`", "Polite.cap": "not more often than: `{care: 3 per 7d}`", "Polite.one_campaign_a_day": "one campaign a day to one person", "Polite.busy": "for so long after the person's word we do not interrupt",
	"Test.variants": "names of the variants: `[a, b]`", "Test.goal": "the event that counts as success: visit.booked", "Test.within": "how long to wait for it",
	"Timeline.about": "what the rule is about", "Timeline.when": "`24h before visit.start` · `2d after visit.end at 12:00` · `at wait.found` · `every day at 08:00`",
	"Timeline.if": "must be true when planned and when sent", "Timeline.until": "when true, a series or a repetition stops", "Timeline.again": "repeat: `{every: 60d, times: 2}`",
	"Timeline.class": "service: no opt-in; care; advertising: only with its own consent", "Timeline.together": "`day`: all visits of one day in one message", "Timeline.late": "how late it may still be sent; after that it is not", "Timeline.run": "run a dialog", "Timeline.call": "perform an action",
	"Timeline.with": "what is handed over", "Timeline.say": "just say", "Timeline.series": "several messages with pauses",
	"Again.every": "how often", "Again.times": "how many times", "Part.wait": "how long after the one before", "Part.say": "what to say",

	"Replies.replies": "the administrators' ready answers by their names, in the order in which they are shown",
	"Reply.title":     "what it is called in the list; may be in several languages",
	"Reply.text":      "what the patient gets, up to 2000 characters; values: {me…}, {contact…}, {visit…}, {clinic…}, {desk…}, {author}",
}
