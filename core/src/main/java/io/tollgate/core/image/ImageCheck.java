package io.tollgate.core.image;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.core.operation.PointOperation;

/**
 * Checks that the versions and the life of a read image are those of an engine, so that each operation of the image can
 * be applied. One use, any thread.
 */
final class ImageCheck {
    private final ImageInput in;
    private final SeriesImage image;
    private final SeriesDefinition definition;
    private final ImageVersions versions;
    private final DuplicatePolicy policy;
    private final boolean isByInstant;

    ImageCheck(final ImageInput in, final SeriesImage image) {
        this.in = in;
        this.image = image;
        definition = image.definition();
        versions = image.versions();
        policy = definition.policies().duplicates();
        isByInstant = policy != DuplicatePolicy.ALL;
    }

    void check() {
        checkLife(image.life());
        checkKnown("horizon", image.horizonNs());
        final int count = versions.count();
        for (int i = 0; i < count; i++) {
            checkFields(i);
            if (i > 0) {
                checkOrder(i - 1, i);
            }
        }
        require(
                count == 0 || versions.state(count - 1) != ImageVersions.REVISED,
                count - 1,
                "state=revised",
                "a later version of it");
    }

    private void checkLife(final ImageLife life) {
        if (life.isClosed()) {
            final long lifeStart = definition.policies().lifeStartNs();
            in.require(
                    life.endKnownAtNs() != Instants.NONE && (lifeStart == Instants.NONE || life.endNs() > lifeStart),
                    "lifeEnd",
                    life.endNs() + " lifeEndKnownAt=" + life.endKnownAtNs(),
                    "an end after the start, with its knowledge time");
        } else {
            in.require(
                    life.endKnownAtNs() == Instants.NONE && life.successor().isEmpty(),
                    "lifeEnd",
                    "none",
                    "neither a knowledge time of the end nor a successor");
        }
        checkKnown("lifeEndKnownAt", life.endKnownAtNs());
        life.successor().ifPresent(link -> {
            checkKnown("successorKnownAt", link.knownAtNs());
            in.require(
                    link.knownAtNs() >= life.endKnownAtNs(),
                    "successorKnownAt",
                    Long.toString(link.knownAtNs()),
                    "lifeEndKnownAt=" + life.endKnownAtNs() + " or later");
        });
    }

    private void checkKnown(final String name, final long knowledgeTime) {
        if (knowledgeTime > image.lastKnowledgeTime()) {
            throw in.damage(name + '=' + knowledgeTime, "at most lastKnowledgeTime=" + image.lastKnowledgeTime());
        }
    }

    private void checkFields(final int i) {
        in.requireInstant("validTime", versions.time(i), false);
        in.requireInstant("knowledgeTime", versions.knowledgeTime(i), false);
        checkKnown("knowledgeTime", versions.knowledgeTime(i));
        require(
                versions.value(i) != Decimals.UNKNOWN || definition.kind() == SeriesKind.STEP,
                i,
                "value=unknown",
                "a known value of a FLOW");
        if (versions.state(i) == ImageVersions.CURRENT) {
            if (isAfterLife(i)) {
                throw damage(i, "lifeEnd=" + image.life().endNs(), "no current point after the end");
            }
            return;
        }
        if (versions.state(i) == ImageVersions.WITHDRAWN) {
            checkKnown("endKnowledgeTime", versions.endKnowledgeTime(i));
            if (versions.endKnowledgeTime(i) < versions.knowledgeTime(i)) {
                throw damage(i, "endKnowledgeTime=" + versions.endKnowledgeTime(i), "its knowledge time or later");
            }
        }
        if (!isWithoutNext(i) && end(i) < image.horizonNs()) {
            throw damage(i, "horizon=" + image.horizonNs(), "no version that ended before it");
        }
    }

    /** Returns true if a revised version has no successor, which {@link #check()} refuses. */
    private boolean isWithoutNext(final int i) {
        return versions.state(i) == ImageVersions.REVISED && i + 1 == versions.count();
    }

    private boolean isAfterLife(final int i) {
        final ImageLife life = image.life();
        final boolean isOfPeriod = definition.policies().period().isPresent();
        return life.isClosed() && (versions.time(i) > life.endNs() || versions.time(i) == life.endNs() && !isOfPeriod);
    }

    /** Returns the knowledge time at which an ended version ended. */
    private long end(final int i) {
        return versions.state(i) == ImageVersions.WITHDRAWN
                ? versions.endKnowledgeTime(i)
                : versions.knowledgeTime(i + 1);
    }

    private void checkOrder(final int before, final int i) {
        final boolean isSameTime = versions.time(before) == versions.time(i);
        if (isSameTime && (isByInstant || versions.reference(before) == versions.reference(i))) {
            checkSuccession(before, i);
            return;
        }
        if (isSameTime
                ? versions.reference(before) >= versions.reference(i)
                : versions.time(before) > versions.time(i)) {
            throw damage(i, "validTime=" + versions.time(i), "versions in the order of valid time and reference");
        }
        require(
                versions.state(before) != ImageVersions.REVISED,
                before,
                "state=revised",
                "a later version of the same identity");
    }

    /** Checks two versions of one identity; events without a reference at one instant count as one. */
    private void checkSuccession(final int before, final int i) {
        final int state = versions.state(before);
        final boolean isNamed = isByInstant || versions.reference(i) != Publisher.NO_REFERENCE;
        final boolean isExpected =
                isNamed ? state == ImageVersions.REVISED : state == ImageVersions.CURRENT && versions.state(i) == state;
        if (state != ImageVersions.WITHDRAWN && !isExpected) {
            throw damage(i, "state=" + state, "one current version of a point");
        }
        final long begin =
                state == ImageVersions.WITHDRAWN ? versions.endKnowledgeTime(before) : versions.knowledgeTime(before);
        if (versions.knowledgeTime(i) < begin) {
            throw damage(
                    i,
                    "knowledgeTime=" + versions.knowledgeTime(i),
                    begin + " or later, when the version before it ended");
        }
        if (state == ImageVersions.REVISED) {
            checkRevision(before, i);
        }
    }

    private void checkRevision(final int before, final int i) {
        final long value = versions.value(i);
        final long oldValue = versions.value(before);
        final boolean isPossible = switch (policy) {
            case REVISE, ALL -> value != oldValue || versions.reference(i) != versions.reference(before);
            case SUM -> PointOperation.isSumInRange(oldValue, value - oldValue) && value - oldValue != Decimals.UNKNOWN;
            case KEEP_FIRST, REJECT -> false;
        };
        if (!isPossible) {
            throw damage(i, "value=" + value + " before=" + oldValue, "a revision under " + policy);
        }
    }

    private void require(final boolean isMet, final int index, final String found, final String expected) {
        if (!isMet) {
            throw damage(index, found, expected);
        }
    }

    private ImageDamage damage(final int index, final String found, final String expected) {
        return in.damage("version=" + index + ' ' + found, expected);
    }
}
