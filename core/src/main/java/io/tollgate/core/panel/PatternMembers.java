package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.LevelPattern;
import io.tollgate.api.MemberPattern;
import io.tollgate.core.read.DefinedSeries;
import io.tollgate.core.read.LevelSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the members of a group that fit its patterns: each when the last of its series is defined. Used by one thread.
 */
final class PatternMembers {
    private final List<MemberPattern> patterns;
    private final Roster roster;
    private final DefinedSeries series;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();

    PatternMembers(final Group group, final LevelSource source, final Roster roster) {
        patterns = group.patterns();
        this.roster = roster;
        series = source.newDefinedSeries();
        for (final GroupMember member : group.members()) {
            taken.add(member.rate().key());
        }
    }

    /** Adds the members that have become complete. */
    void takeNew() {
        if (series.hasNew()) {
            series.takeNew(this::take);
        }
    }

    /** How many series fit and are left out. */
    int leftOutCount() {
        return leftOut.size();
    }

    private void take(final String key) {
        for (final MemberPattern pattern : patterns) {
            pattern.rate()
                    .code(key)
                    .or(() -> pattern.weight().flatMap(weight -> weight.code(key)))
                    .or(() -> pattern.membership()
                            .flatMap(membership -> levels(pattern, membership).code(key)))
                    .ifPresent(code -> complete(pattern, code));
        }
    }

    /** A membership may be of any unit and scale: only its key matters here. */
    private static LevelPattern levels(final MemberPattern pattern, final String membership) {
        return new LevelPattern(membership, pattern.rate().unit(), 0);
    }

    private void complete(final MemberPattern pattern, final String code) {
        final String rateKey = pattern.rate().key(code);
        final long rate = series.find(rateKey);
        final Optional<String> weightKey = pattern.weight().map(weight -> weight.key(code));
        final long weight = weightKey.map(series::find).orElse(DefinedSeries.ABSENT);
        final Optional<String> membershipKey = pattern.membership()
                .map(membership -> levels(pattern, membership).key(code));
        final long membership = membershipKey.map(series::find).orElse(DefinedSeries.ABSENT);
        if (rate == DefinedSeries.ABSENT
                || weightKey.isPresent() && weight == DefinedSeries.ABSENT
                || membershipKey.isPresent() && membership == DefinedSeries.ABSENT
                || taken.contains(rateKey)) {
            return;
        }
        final boolean isAlike =
                series.isLevel(rate, pattern.rate().unit(), pattern.rate().scale())
                        && pattern.weight()
                                .map(levels -> series.isLevel(weight, levels.unit(), levels.scale()))
                                .orElse(true)
                        && (membershipKey.isEmpty() || series.isLevel(membership));
        if (!isAlike) {
            leftOut.add(rateKey);
            return;
        }
        taken.add(rateKey);
        roster.add(
                code,
                roster.levels().add(rate),
                weightKey.isPresent() ? roster.levels().add(weight) : Roster.NONE,
                membershipKey.isPresent() ? roster.levels().add(membership) : Roster.NONE,
                roster.denominator(),
                pattern.fromNs(),
                pattern.untilNs());
    }
}
