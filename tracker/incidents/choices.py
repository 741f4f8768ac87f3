"""Vocabularies of claims and incidents, as the published methodology names them."""

from __future__ import annotations

from django.db.models import TextChoices


class Outcome(TextChoices):
    """What happened to people; only KILLED and INJURED feed headline ranges."""

    KILLED = "KILLED", "killed"
    INJURED = "INJURED", "injured"
    MISSING = "MISSING", "missing"
    TRAPPED = "TRAPPED", "trapped"
    DETAINED = "DETAINED", "detained"
    ABDUCTED = "ABDUCTED", "abducted"
    DISPLACED = "DISPLACED", "displaced"
    FOUND_ALIVE = "FOUND_ALIVE", "found alive"
    LATER_REPORTED_ALIVE = "LATER_REPORTED_ALIVE", "later reported alive"
    DIED_OF_WOUNDS = "DIED_OF_WOUNDS", "died of wounds"
    UNKNOWN = "UNKNOWN", "not known"


class SubjectStatus(TextChoices):
    """Who the people were; UNKNOWN is presumed civilian and marked so."""

    CIVILIAN = "CIVILIAN", "civilians"
    UNKNOWN = "UNKNOWN", "people, status not said"
    DISPUTED = "DISPUTED", "people of disputed status"
    MIXED = "MIXED", "civilians and fighters together"
    COMBATANT = "COMBATANT", "fighters"
    DIRECTLY_PARTICIPATING = "DIRECTLY_PARTICIPATING", "civilians taking a direct part"


class Polarity(TextChoices):
    """Whether harm is asserted; a stated none differs from silence."""

    ASSERTS_HARM = "ASSERTS_HARM", "says there was harm"
    ASSERTS_NO_HARM = "ASSERTS_NO_HARM", "says there was none"
    SILENT = "SILENT", "says nothing of it"
    CANNOT_DETERMINE = "CANNOT_DETERMINE", "says it can't tell"


class Scope(TextChoices):
    """What a figure covers."""

    INCIDENT = "INCIDENT", "this event"
    BACKGROUND = "BACKGROUND", "an earlier event, recalled"
    AGGREGATE = "AGGREGATE", "a running total"


class ClaimState(TextChoices):
    """PROPOSED by a machine; everything else is a person's decision."""

    PROPOSED = "PROPOSED", "open"
    ACCEPTED = "ACCEPTED", "accepted"
    REJECTED = "REJECTED", "rejected"
    RETRACTED = "RETRACTED", "retracted"


CLAIM_TRANSITIONS: tuple[tuple[ClaimState, ClaimState], ...] = (
    (ClaimState.PROPOSED, ClaimState.ACCEPTED),
    (ClaimState.PROPOSED, ClaimState.REJECTED),
    (ClaimState.ACCEPTED, ClaimState.REJECTED),
    (ClaimState.ACCEPTED, ClaimState.RETRACTED),
    (ClaimState.REJECTED, ClaimState.ACCEPTED),
    (ClaimState.RETRACTED, ClaimState.ACCEPTED),
)


class CopyDecision(TextChoices):
    """A person's word on a copy whose number differs from its origin's; "" = not decided."""

    ORIGIN_STANDS = "ORIGIN_STANDS", "the origin's figure stands"
    UPDATE = "UPDATE", "the speaker raised it"


class IncidentStatus(TextChoices):
    """How far an incident has come."""

    DRAFT = "DRAFT", "draft"
    IN_REVIEW = "IN_REVIEW", "in review"
    RETURNED = "RETURNED", "returned"
    PUBLISHED = "PUBLISHED", "published"
    UNDER_REVISION = "UNDER_REVISION", "under revision"
    MERGED = "MERGED", "merged away"
    DISCARDED = "DISCARDED", "discarded"


#: Statuses of incidents that count no more: all of it is elsewhere, or was never meant.
GONE_STATUSES: tuple[IncidentStatus, ...] = (IncidentStatus.MERGED, IncidentStatus.DISCARDED)

#: The whole life cycle of an incident; the trigger enforces the same tuple.
INCIDENT_TRANSITIONS: tuple[tuple[IncidentStatus, IncidentStatus], ...] = (
    (IncidentStatus.DRAFT, IncidentStatus.IN_REVIEW),
    (IncidentStatus.IN_REVIEW, IncidentStatus.RETURNED),
    (IncidentStatus.RETURNED, IncidentStatus.IN_REVIEW),
    (IncidentStatus.IN_REVIEW, IncidentStatus.PUBLISHED),
    (IncidentStatus.PUBLISHED, IncidentStatus.UNDER_REVISION),
    (IncidentStatus.UNDER_REVISION, IncidentStatus.IN_REVIEW),
    (IncidentStatus.DRAFT, IncidentStatus.MERGED),
    (IncidentStatus.RETURNED, IncidentStatus.MERGED),
    (IncidentStatus.PUBLISHED, IncidentStatus.MERGED),
    (IncidentStatus.UNDER_REVISION, IncidentStatus.MERGED),
    # A draft that an import made by mistake; there is no way back.
    (IncidentStatus.DRAFT, IncidentStatus.DISCARDED),
    # Back by undoing the merge, to what it was; another trigger holds that it is so.
    (IncidentStatus.MERGED, IncidentStatus.DRAFT),
    (IncidentStatus.MERGED, IncidentStatus.RETURNED),
    (IncidentStatus.MERGED, IncidentStatus.PUBLISHED),
    (IncidentStatus.MERGED, IncidentStatus.UNDER_REVISION),
)

#: States in which people may change what an incident rests on.
EDITABLE_STATUSES: tuple[IncidentStatus, ...] = (
    IncidentStatus.DRAFT,
    IncidentStatus.RETURNED,
    IncidentStatus.PUBLISHED,
    IncidentStatus.UNDER_REVISION,
)


class DatePrecision(TextChoices):
    """How well the day is known."""

    DAY = "DAY", "the day is known"
    FEW_DAYS = "FEW_DAYS", "2 to 6 days"
    WEEK = "WEEK", "one week"
    MONTH = "MONTH", "one month"
    YEAR = "YEAR", "up to a year"
    UNKNOWN = "UNKNOWN", "not resolved"


class DateBasis(TextChoices):
    """What a day rests on."""

    STATED = "STATED", "stated"
    RELATIVE_RESOLVED = "RELATIVE_RESOLVED", "worked out from the report's own day"
    FIRST_REPORT = "FIRST_REPORT", "the first report's day"
    PUBLICATION = "PUBLICATION", "the day of publication"
    INFERRED = "INFERRED", "inferred"


class TimeTerm(TextChoices):
    """A time of day in the words of a report."""

    AROUND_DAWN = "AROUND_DAWN", "around dawn"
    MORNING = "MORNING", "in the morning"
    AROUND_MIDDAY = "AROUND_MIDDAY", "around midday"
    AFTERNOON = "AFTERNOON", "in the afternoon"
    EVENING = "EVENING", "in the evening"
    AROUND_MIDNIGHT = "AROUND_MIDNIGHT", "around midnight"
    AFTER_MIDNIGHT = "AFTER_MIDNIGHT", "after midnight"
    DURING_DAY = "DURING_DAY", "during the day"
    DURING_NIGHT = "DURING_NIGHT", "during the night"


class GeoMethod(TextChoices):
    """How a place was found."""

    STATED_BY_SOURCE = "STATED_BY_SOURCE", "stated by a source"
    GAZETTEER = "GAZETTEER", "from a gazetteer"
    VISUAL_GEOLOCATION = "VISUAL_GEOLOCATION", "located by pictures"
    BELLIGERENT_COORDINATES = "BELLIGERENT_COORDINATES", "coordinates of a party"


class ProtectedKind(TextChoices):
    """People whom the law of war protects by what they do."""

    MEDICAL = "medical", "medical staff"
    RESCUE = "rescue", "rescuers"
    PRESS = "press", "journalists"
    AID = "aid", "aid workers"
    EDUCATION = "education", "teachers and pupils"


class ReportedMethod(TextChoices):
    """How people are said to have been harmed, in the words of the annotation guide."""

    AIRSTRIKE = "airstrike", "airstrike"
    DRONE_STRIKE = "drone strike", "drone strike"
    SHELLING = "shelling", "shelling"
    GROUND_ATTACK = "ground attack", "ground attack"
    RAID = "raid", "raid"
    GUNFIRE = "gunfire", "gunfire"
    CAR_BOMB = "car bomb", "car bomb"
    SUICIDE_ATTACK = "suicide attack", "suicide attack"
    IED = "ied", "explosive device"
    CHEMICAL = "chemical", "chemical weapon"
    EXECUTION = "execution", "execution"
    LANDMINE = "landmine", "landmine"
    OTHER = "other", "other means"


class GeoPrecision(TextChoices):
    """How well the place is known."""

    EXACT = "EXACT", "one point, within 10 m"
    LANDMARK = "LANDMARK", "by a landmark, within 100 m"
    STREET = "STREET", "street"
    NEIGHBOURHOOD = "NEIGHBOURHOOD", "neighbourhood"
    SETTLEMENT = "SETTLEMENT", "village, town or city"
    NEAR_SETTLEMENT = "NEAR_SETTLEMENT", "near a settlement, up to 25 km"
    SUBDISTRICT = "SUBDISTRICT", "subdistrict"
    DISTRICT = "DISTRICT", "district"
    GOVERNORATE = "GOVERNORATE", "governorate or province"
    LINEAR = "LINEAR", "road, river or border"
    COUNTRY = "COUNTRY", "country only"
    INTERNATIONAL = "INTERNATIONAL", "international waters or airspace"
    UNKNOWN = "UNKNOWN", "not stated"


class Grade(TextChoices):
    """Attribution and corroboration, not truth in general."""

    CONFIRMED = "CONFIRMED", "Confirmed"
    FAIR = "FAIR", "Fair"
    WEAK = "WEAK", "Weak"
    CONTESTED = "CONTESTED", "Contested"
    DISCOUNTED = "DISCOUNTED", "Discounted"
    UNASSESSED = "UNASSESSED", "Not graded"


class PositionAct(TextChoices):
    """What a belligerent says of the act."""

    ACKNOWLEDGES = "ACKNOWLEDGES", "acknowledges the act"
    ACKNOWLEDGES_BY_PARTNER_FORCE = (
        "ACKNOWLEDGES_BY_PARTNER_FORCE",
        "acknowledges an act by a partner force",
    )
    DENIES = "DENIES", "denies the act"
    NO_RECORD = "NO_RECORD", "has no record of it"
    NO_COMMENT = "NO_COMMENT", "does not comment"
    NOT_ASKED = "NOT_ASKED", "was not asked"
    UNKNOWN = "UNKNOWN", "not known"


class PositionHarm(TextChoices):
    """What a belligerent says of the harm."""

    ACCEPTS_HARM = "ACCEPTS_HARM", "accepts harm"
    POSSIBLE_UNDER_REVIEW = "POSSIBLE_UNDER_REVIEW", "possible, under review"
    NO_INDICATION = "NO_INDICATION", "has no indication of harm"
    DENIES_HARM = "DENIES_HARM", "denies harm"
    SAYS_COMBATANTS = "SAYS_COMBATANTS", "says they were fighters"
    NO_STATEMENT = "NO_STATEMENT", "no statement"


class PositionResponsibility(TextChoices):
    """What a belligerent says of its responsibility."""

    ACCEPTS = "ACCEPTS", "accepts responsibility"
    DENIES = "DENIES", "denies responsibility"
    ALTERNATIVE_EXPLANATION = "ALTERNATIVE_EXPLANATION", "gives another explanation"
    NO_STATEMENT = "NO_STATEMENT", "no statement"


class PositionAssessment(TextChoices):
    """What came of a belligerent's own process, in the field's terms."""

    NOT_ASSESSED = "NOT_ASSESSED", "does not assess it"
    OPEN = "OPEN", "pending: is being assessed"
    CREDIBLE = "CREDIBLE", "credible"
    NON_CREDIBLE = "NON_CREDIBLE", "non-credible"
    DUPLICATE = "DUPLICATE", "assessed already"
    CLOSED_PENDING_INFORMATION = "CLOSED_PENDING_INFORMATION", "closed until more is known"
    REOPENED = "REOPENED", "assessment reopened"


#: Words with which a party says that its answer is still to come.
PENDING_ASSESSMENTS: tuple[PositionAssessment, ...] = (
    PositionAssessment.OPEN,
    PositionAssessment.REOPENED,
)


class RefusalReason(TextChoices):
    """Why a belligerent says it holds an allegation non-credible, or does not assess it."""

    INSUFFICIENT_LOCATION = "INSUFFICIENT_LOCATION", "too little said of the place"
    INSUFFICIENT_TIME = "INSUFFICIENT_TIME", "too little said of the time"
    NO_STRIKES_IN_AREA = "NO_STRIKES_IN_AREA", "no strikes in the area"
    INSUFFICIENT_EVIDENCE_OF_HARM = (
        "INSUFFICIENT_EVIDENCE_OF_HARM",
        "not corroborated: too little evidence of harm",
    )
    INHERENT_INCONSISTENCY = "INHERENT_INCONSISTENCY", "contradicts itself"
    OTHER = "OTHER", "another reason"


#: Assessments that may come with such a reason.
REFUSALS: tuple[PositionAssessment, ...] = (
    PositionAssessment.NOT_ASSESSED,
    PositionAssessment.NON_CREDIBLE,
    PositionAssessment.CLOSED_PENDING_INFORMATION,
)


class EvidenceKind(TextChoices):
    """What speaks for a strike having happened."""

    PARTY_ACKNOWLEDGES = "PARTY_ACKNOWLEDGES", "a party acknowledges it"
    PARTY_DECLARES_STRIKES_NEARBY = (
        "PARTY_DECLARES_STRIKES_NEARBY",
        "a party declares strikes nearby",
    )
    IMAGERY = "IMAGERY", "imagery"
    MUNITION_REMAINS = "MUNITION_REMAINS", "remains of munitions"
    WITNESSED_AIRCRAFT = "WITNESSED_AIRCRAFT", "aircraft were seen"
    OTHER = "OTHER", "other"


class ContributionKind(TextChoices):
    """What makes a person a contributor, who may then not review the incident."""

    CLAIM = "CLAIM", "decided or linked a claim"
    DETAILS = "DETAILS", "entered what, where or when"
    POSITION = "POSITION", "recorded a position"
    EVIDENCE = "EVIDENCE", "recorded evidence of a strike"
    NAMED = "NAMED", "changed how many victims are named"
    SUBMITTED = "SUBMITTED", "sent it to review"
    MERGED = "MERGED", "merged or split it, or had a hand in what came with a merge"


class RestructuringKind(TextChoices):
    """What was done with whole incidents."""

    MERGE = "MERGE", "merged"
    SPLIT = "SPLIT", "split"


class RequestState(TextChoices):
    """How far a request to a belligerent has come; overdue is worked out, never stored."""

    DRAFT = "DRAFT", "not sent yet"
    SENT = "SENT", "sent"
    ACKNOWLEDGED = "ACKNOWLEDGED", "receipt confirmed"
    ANSWERED = "ANSWERED", "answered"
    CLOSED = "CLOSED", "closed without an answer"
    REOPENED = "REOPENED", "reopened"


#: The whole life cycle of a request; the trigger enforces the same tuple. A party may confirm, or
#: say that it still assesses, more than once.
REQUEST_TRANSITIONS: tuple[tuple[RequestState, RequestState], ...] = (
    (RequestState.DRAFT, RequestState.SENT),
    (RequestState.DRAFT, RequestState.CLOSED),
    (RequestState.SENT, RequestState.ACKNOWLEDGED),
    (RequestState.SENT, RequestState.ANSWERED),
    (RequestState.SENT, RequestState.CLOSED),
    (RequestState.ACKNOWLEDGED, RequestState.ACKNOWLEDGED),
    (RequestState.ACKNOWLEDGED, RequestState.ANSWERED),
    (RequestState.ACKNOWLEDGED, RequestState.CLOSED),
    (RequestState.ANSWERED, RequestState.REOPENED),
    (RequestState.CLOSED, RequestState.REOPENED),
    (RequestState.REOPENED, RequestState.ACKNOWLEDGED),
    (RequestState.REOPENED, RequestState.ANSWERED),
    (RequestState.REOPENED, RequestState.CLOSED),
)

#: States in which a reply is awaited, so that somebody is reminded.
AWAITING_STATES: tuple[RequestState, ...] = (
    RequestState.SENT,
    RequestState.ACKNOWLEDGED,
    RequestState.REOPENED,
)


class RequestChannel(TextChoices):
    """How an allegation was submitted."""

    WEB_FORM = "WEB_FORM", "their web form"
    EMAIL = "EMAIL", "e-mail"
    LETTER = "LETTER", "letter"
    MEETING = "MEETING", "meeting or call"
    INTERMEDIARY = "INTERMEDIARY", "through somebody else"
    OTHER = "OTHER", "other"
