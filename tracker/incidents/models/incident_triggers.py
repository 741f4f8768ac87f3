"""What the database refuses of an incident, as bodies of its triggers."""

from __future__ import annotations

REVIEWER_IS_NO_CONTRIBUTOR = """
    IF NEW.reviewed_by_id IS NULL THEN
        RAISE EXCEPTION 'pgtrigger: an incident is published by a reviewer';
    END IF;
    IF EXISTS (
        SELECT 1 FROM incidents_contribution
        WHERE incident_id = NEW.id
          AND person_id = NEW.reviewed_by_id
          AND after_version = OLD.versions
    ) THEN
        RAISE EXCEPTION 'pgtrigger: the reviewer contributed to this incident';
    END IF;
    RETURN NEW;
"""

MERGED_BY_A_PERSON = """
    PERFORM 1 FROM incidents_incident
        WHERE id = NEW.merged_into_id AND status NOT IN ('MERGED', 'DISCARDED', 'IN_REVIEW')
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pgtrigger: an incident is merged into one that stands and is not locked';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM incidents_restructuring AS done
        WHERE done.kind = 'MERGE'
          AND done.source_id = NEW.id
          AND done.target_id = NEW.merged_into_id
          AND NOT EXISTS (SELECT 1 FROM incidents_undo WHERE restructuring_id = done.id)
    ) THEN
        RAISE EXCEPTION 'pgtrigger: an incident is merged by a person, with a record of it';
    END IF;
    IF EXISTS (SELECT 1 FROM incidents_claim WHERE incident_id = NEW.id) THEN
        RAISE EXCEPTION 'pgtrigger: an incident that is merged away keeps no claim';
    END IF;
    RETURN NEW;
"""

#: The latest merge of the incident must be undone; it comes back as it was, or to be looked at.
BACK_AS_IT_WAS = """
    IF NEW.status = 'MERGED' THEN
        RAISE EXCEPTION 'pgtrigger: the incident is merged away; nothing of it changes';
    END IF;
    SELECT done.pre_image #>> '{source,status}' INTO former
        FROM incidents_restructuring AS done
        WHERE done.kind = 'MERGE' AND done.source_id = OLD.id
          AND EXISTS (SELECT 1 FROM incidents_undo WHERE restructuring_id = done.id)
          AND NOT EXISTS (
              SELECT 1 FROM incidents_restructuring AS later
              WHERE later.kind = 'MERGE' AND later.source_id = OLD.id AND later.id > done.id
          );
    IF former IS NULL OR NOT (
        NEW.status = former OR (former = 'PUBLISHED' AND NEW.status = 'UNDER_REVISION')
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a merged incident comes back as it was, by undoing its merge';
    END IF;
    RETURN NEW;
"""

#: In force is what one party said last on each axis; of what was merged in, too. A position that
#: is reversed later sends a published incident back to review and lowers nothing by itself.
CONFIRMED_BY_A_PARTY = """
    IF NOT EXISTS (
        WITH RECURSIVE family(id) AS (
            SELECT NEW.id
            UNION ALL
            SELECT away.id FROM incidents_incident AS away
            JOIN family ON away.merged_into_id = family.id
        ),
        said AS (
            SELECT position.* FROM incidents_position AS position
            JOIN family ON family.id = position.incident_id
        )
        SELECT 1 FROM said AS harm JOIN said AS blame ON blame.party_id = harm.party_id
        WHERE harm.harm = 'ACCEPTS_HARM' AND blame.responsibility = 'ACCEPTS'
          AND NOT EXISTS (
              SELECT 1 FROM said AS later
              WHERE later.party_id = harm.party_id AND later.said_on >= harm.said_on
                AND later.harm NOT IN ('', 'NO_STATEMENT', 'ACCEPTS_HARM')
          )
          AND NOT EXISTS (
              SELECT 1 FROM said AS later
              WHERE later.party_id = blame.party_id AND later.said_on >= blame.said_on
                AND later.responsibility NOT IN ('', 'NO_STATEMENT', 'ACCEPTS')
          )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: confirmed needs a party that accepts harm and responsibility';
    END IF;
    RETURN NEW;
"""

#: The same floor as where a claim is rated, for what was moved or rejected since.
NO_CONFIRMED_CLAIM_ALONE = """
    IF EXISTS (
        SELECT 1 FROM incidents_claim AS claim
        WHERE claim.incident_id = NEW.id AND claim.credibility = 1 AND claim.state = 'ACCEPTED'
          AND NOT EXISTS (
              SELECT 1 FROM incidents_claim AS other
              WHERE other.incident_id = NEW.id
                AND other.id <> claim.id
                AND other.state = 'ACCEPTED'
                AND other.polarity = 'ASSERTS_HARM'
                AND (other.speaker_id, other.speaker_text, other."group", other.party_id)
                    IS DISTINCT FROM
                    (claim.speaker_id, claim.speaker_text, claim."group", claim.party_id)
          )
    ) THEN
        RAISE EXCEPTION 'pgtrigger: a claim of credibility 1 is confirmed by no other origin';
    END IF;
    RETURN NEW;
"""

#: Only what nobody built on can be discarded: no claim, no position, no second hand.
NOTHING_RESTS_ON_IT = """
    IF OLD.versions > 0
        OR EXISTS (SELECT 1 FROM incidents_claim WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_position WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_strikeevidence WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_incidentplace WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_partyrequest WHERE incident_id = NEW.id)
        OR EXISTS (SELECT 1 FROM incidents_incident WHERE merged_into_id = NEW.id) THEN
        RAISE EXCEPTION 'pgtrigger: something rests on the incident; it can not be discarded';
    END IF;
    RETURN NEW;
"""

#: Where it was; a change of any of these needs another look.
PLACE_FIELDS = (
    *("place_name", "lat", "lon", "geo_precision", "radius_m", "geo_method", "geo_reference"),
)
#: What people enter and a reviewer reads; nothing of it changes between reading and publishing.
ENTERED_FIELDS = (
    *("title", "summary", "date_start", "date_end", "date_precision", "date_raw"),
    *("date_basis", "date_anchor", "time_term", "time_start", "time_end", "time_zone"),
    *PLACE_FIELDS,
)
READ_AS_ENTERED = f"""
    IF ({", ".join(f"NEW.{name}" for name in ENTERED_FIELDS)})
        IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in ENTERED_FIELDS)}) THEN
        RAISE EXCEPTION 'pgtrigger: the incident is in review and locked';
    END IF;
    RETURN NEW;
"""
