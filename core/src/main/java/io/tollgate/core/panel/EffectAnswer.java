package io.tollgate.core.panel;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.GroupChange;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.ReadingText;

/** The answer of one read of what has changed a group: exact sums. Used by one thread. */
final class EffectAnswer implements EffectReading {
    private final Group group;
    private final EffectScan scan;
    private final GroupChange change;
    private final GroupQuotients quotients;
    private final boolean isZero;
    private final int rateScale;
    private final int weightScale;
    private final int unitDigits;
    private Status status = Status.UNREAD;

    EffectAnswer(final Group group, final EffectScan scan, final GroupQuotients quotients) {
        this.group = group;
        this.scan = scan;
        this.change = scan.change();
        this.quotients = quotients;
        isZero = group.missing() == MissingPolicy.AS_ZERO;
        rateScale = group.rateScale();
        weightScale = group.weightScale();
        unitDigits = group.rateUnitDigits();
    }

    /** What fills the sums. */
    EffectScan scan() {
        return scan;
    }

    boolean isMadeWith(final GroupQuotients readersQuotients) {
        return quotients == readersQuotients;
    }

    /** Becomes the answer whose sums were filled, or one that was not read. */
    void filled(final Status read) {
        if (read != Status.OK) {
            status = read;
            return;
        }
        final boolean isPartly = scan.roster().leftOutCount() > 0;
        final Status before = GroupAnswer.statusOfRates(change.before(), group.missing(), isPartly);
        final Status after = GroupAnswer.statusOfRates(change.after(), group.missing(), isPartly);
        status = before.compareTo(after) < 0 ? before : after;
    }

    @Override
    public Group group() {
        return group;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public double before() {
        return status.hasValue() ? quotients.weighted(change.before(), isZero, rateScale) : Double.NaN;
    }

    @Override
    public double after() {
        return status.hasValue() ? quotients.weighted(change.after(), isZero, rateScale) : Double.NaN;
    }

    @Override
    public double change() {
        return status.hasValue() ? change.change(isZero, rateScale) : Double.NaN;
    }

    @Override
    public double exposureChange() {
        return status.hasValue()
                ? change.exposureChange(
                        rateScale + unitDigits, weightScale, scan.roster().denominator())
                : Double.NaN;
    }

    @Override
    public double rateEffect() {
        return status.hasValue() ? change.rateEffect(isZero, rateScale) : Double.NaN;
    }

    @Override
    public double mixEffect() {
        return status.hasValue() ? change.mixEffect(isZero, rateScale) : Double.NaN;
    }

    @Override
    public String toString() {
        return new ReadingText("EffectReading")
                .answer("change", status, change())
                .answer("rateEffect", status, rateEffect())
                .answer("mixEffect", status, mixEffect())
                .toString();
    }
}
