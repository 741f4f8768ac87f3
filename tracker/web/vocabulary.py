"""Words of the stored choices, marked for translation.

The choices themselves stand below the pages and know no language; a page shows them through
``gettext``. A test holds that none is missing here.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

WORDS: tuple[str, ...] = (
    # SourceKind
    gettext_noop("outlet"),
    gettext_noop("wire agency"),
    gettext_noop("state media"),
    gettext_noop("monitor"),
    gettext_noop("non-governmental organisation"),
    gettext_noop("UN body"),
    gettext_noop("rescue service"),
    gettext_noop("hospital"),
    gettext_noop("belligerent"),
    gettext_noop("official"),
    gettext_noop("witness"),
    gettext_noop("other"),
    # Material
    gettext_noop("news report"),
    gettext_noop("press release"),
    gettext_noop("list of a hospital, morgue or authority"),
    gettext_noop("medical record"),
    gettext_noop("court record"),
    gettext_noop("interview"),
    gettext_noop("telephone call"),
    gettext_noop("message"),
    gettext_noop("post on social media"),
    gettext_noop("video, described"),
    gettext_noop("photo, described"),
    # DateBasis
    gettext_noop("said by who sent it"),
    gettext_noop("the feed"),
    gettext_noop("the page's structured data"),
    gettext_noop("the page's meta tags"),
    gettext_noop("a time element of the page"),
    gettext_noop("the address"),
    gettext_noop("the text"),
    gettext_noop("the document's properties"),
    # Reliability
    gettext_noop("A · completely reliable"),
    gettext_noop("B · usually reliable"),
    gettext_noop("C · fairly reliable"),
    gettext_noop("D · not usually reliable"),
    gettext_noop("E · unreliable"),
    gettext_noop("F · judged: cannot be judged"),
    # FeedKind
    gettext_noop("feed (RSS, Atom or JSON Feed)"),
    gettext_noop("news sitemap"),
    gettext_noop("single page, watched for change"),
    gettext_noop("drop folder on this machine"),
    # FeedState
    gettext_noop("active"),
    gettext_noop("paused"),
    # PollOutcome
    gettext_noop("something new"),
    gettext_noop("nothing new"),
    gettext_noop("not modified"),
    # LineOutcome
    gettext_noop("will be added"),
    gettext_noop("added"),
    gettext_noop("followed already"),
    gettext_noop("refused"),
    # SuggestionState
    gettext_noop("open"),
    gettext_noop("accepted"),
    gettext_noop("declined"),
    # Audience
    gettext_noop("staff only"),
    gettext_noop("partners too"),
    # ArticleState
    gettext_noop("stored"),
    gettext_noop("read"),
    gettext_noop("compared"),
    gettext_noop("ready for people"),
    gettext_noop("failed"),
    # LineageKind
    gettext_noop("original"),
    gettext_noop("verbatim copy"),
    gettext_noop("edited copy"),
    gettext_noop("updated copy"),
    gettext_noop("excerpt"),
    gettext_noop("translation"),
    gettext_noop("shares passages with"),
    # LinkState
    gettext_noop("found by machine"),
    gettext_noop("confirmed"),
    gettext_noop("refused"),
    # FetchState
    gettext_noop("waiting"),
    # CustodyKind
    gettext_noop("acquired"),
    gettext_noop("hashed"),
    gettext_noop("viewed"),
    gettext_noop("copied"),
    gettext_noop("exported"),
    gettext_noop("redacted"),
    gettext_noop("transferred"),
    gettext_noop("verified"),
    gettext_noop("found damaged"),
    gettext_noop("disposed of"),
    # CheckOutcome
    gettext_noop("hashed when it came"),
    gettext_noop("intact"),
    gettext_noop("changed"),
    gettext_noop("missing or unreadable"),
    # DisposalState
    gettext_noop("requested"),
    gettext_noop("refused"),
    gettext_noop("approved"),
    gettext_noop("done"),
    # TimestampState
    gettext_noop("stamped"),
    # Outcome
    gettext_noop("killed"),
    gettext_noop("injured"),
    gettext_noop("missing"),
    gettext_noop("trapped"),
    gettext_noop("detained"),
    gettext_noop("abducted"),
    gettext_noop("displaced"),
    gettext_noop("found alive"),
    gettext_noop("later reported alive"),
    gettext_noop("died of wounds"),
    gettext_noop("not known"),
    # SubjectStatus
    gettext_noop("civilians"),
    gettext_noop("people, status not said"),
    gettext_noop("people of disputed status"),
    gettext_noop("civilians and fighters together"),
    gettext_noop("fighters"),
    gettext_noop("civilians taking a direct part"),
    # Polarity
    gettext_noop("says there was harm"),
    gettext_noop("says there was none"),
    gettext_noop("says nothing of it"),
    gettext_noop("says it can't tell"),
    # Scope
    gettext_noop("this event"),
    gettext_noop("an earlier event, recalled"),
    gettext_noop("a running total"),
    # ClaimState
    gettext_noop("open"),
    gettext_noop("accepted"),
    gettext_noop("rejected"),
    gettext_noop("retracted"),
    # CopyDecision
    gettext_noop("the origin's figure stands"),
    gettext_noop("the speaker raised it"),
    # IncidentStatus
    gettext_noop("draft"),
    gettext_noop("in review"),
    gettext_noop("returned"),
    gettext_noop("published"),
    gettext_noop("under revision"),
    # DatePrecision
    gettext_noop("the day is known"),
    gettext_noop("2 to 6 days"),
    gettext_noop("one week"),
    gettext_noop("one month"),
    gettext_noop("up to a year"),
    gettext_noop("not resolved"),
    # GeoPrecision
    gettext_noop("one point, within 10 m"),
    gettext_noop("by a landmark, within 100 m"),
    gettext_noop("street"),
    gettext_noop("neighbourhood"),
    gettext_noop("village, town or city"),
    gettext_noop("near a settlement, up to 25 km"),
    gettext_noop("subdistrict"),
    gettext_noop("district"),
    gettext_noop("governorate or province"),
    gettext_noop("road, river or border"),
    gettext_noop("country only"),
    gettext_noop("international waters or airspace"),
    gettext_noop("not stated"),
    # Grade
    gettext_noop("Confirmed"),
    gettext_noop("Fair"),
    gettext_noop("Weak"),
    gettext_noop("Contested"),
    gettext_noop("Discounted"),
    gettext_noop("Not graded"),
    # PositionAct
    gettext_noop("acknowledges the act"),
    gettext_noop("acknowledges an act by a partner force"),
    gettext_noop("denies the act"),
    gettext_noop("has no record of it"),
    gettext_noop("does not comment"),
    gettext_noop("was not asked"),
    # PositionHarm
    gettext_noop("accepts harm"),
    gettext_noop("possible, under review"),
    gettext_noop("has no indication of harm"),
    gettext_noop("denies harm"),
    gettext_noop("says they were fighters"),
    gettext_noop("no statement"),
    # PositionResponsibility
    gettext_noop("accepts responsibility"),
    gettext_noop("denies responsibility"),
    gettext_noop("gives another explanation"),
    # EvidenceKind
    gettext_noop("a party acknowledges it"),
    gettext_noop("a party declares strikes nearby"),
    gettext_noop("imagery"),
    gettext_noop("remains of munitions"),
    gettext_noop("aircraft were seen"),
    # ContributionKind
    gettext_noop("decided or linked a claim"),
    gettext_noop("entered what, where or when"),
    gettext_noop("recorded a position"),
    gettext_noop("recorded evidence of a strike"),
    gettext_noop("sent it to review"),
    # TaskState
    gettext_noop("being reviewed"),
    gettext_noop("irrelevant"),
    gettext_noop("duplicate"),
    gettext_noop("done"),
    # AlarmKind
    gettext_noop("work waits too long"),
    gettext_noop("nobody works on a queue"),
    gettext_noop("a feed is silent"),
    gettext_noop("a feed fails"),
    gettext_noop("stored evidence is damaged"),
    gettext_noop("a time-stamp failed"),
)
