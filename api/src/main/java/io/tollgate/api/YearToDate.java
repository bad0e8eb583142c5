package io.tollgate.api;

import io.tollgate.api.admin.RefusalHandler;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesPolicies;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Takes totals of the year so far, as statistics publish them (January to this month), and offers their differences:
 * the amounts of a FLOW whose {@link ReportingPeriod} is the month, or the quarter, of a zone. The amount of a month
 * is its total less that of the month before it, in January the total itself.
 *
 * <p>Totals may come in any order and may be revised: the amounts that follow from all of them together are what is
 * offered in the end. A revised total changes the amounts of its month and of the next one, which are revised, one
 * after the other, under one knowledge time where it is given.
 *
 * <p>Where the total of the month before is missing, a difference belongs to several months, as in each year that
 * Chinese customs publish no total for January. There are two ways, to be chosen: {@linkplain #holdingBack to offer
 * none} of these amounts until the totals between are known, so that windows say PARTIAL, or {@linkplain #spreading to
 * spread} the difference over these months by their days. {@link #untold()} lists them either way.
 *
 * <p>The totals are kept in memory, not by the engine: after a restart, give those of the years to go on with again.
 * An amount that was taken and that the engine refuses afterwards, as it tells its {@link RefusalHandler}, is not
 * offered again: go on with a new adapter. Points are offered with the reference {@value #REFERENCE}; nobody else
 * should write to the series. Allocates. Used by one thread.
 */
public final class YearToDate {
    /**
     * What {@link #offer(YearMonth, long)} returns if no amount follows that was not offered before: no ticket, there
     * is nothing to wait for.
     */
    public static final long NOTHING = 0;

    /** The reference of each point, so that another amount of the same month revises it. */
    public static final long REFERENCE = -1;

    private static final int MONTHS_OF_QUARTER = 3;

    private final Publisher publisher;
    private final FlowSeries series;
    private final boolean isSpread;
    private final ReportingPeriod.Calendar period;
    private final int months;
    private final NavigableMap<YearMonth, Long> totals = new TreeMap<>();
    private final Map<YearMonth, Long> offered = new TreeMap<>();

    private YearToDate(final Publisher publisher, final FlowSeries series, final boolean isSpread) {
        final SeriesPolicies policies = series.definition().policies();
        if (!(policies.period().orElse(null) instanceof ReportingPeriod.Calendar calendar)
                || calendar.period() == CalendarPeriod.YEAR) {
            throw new IllegalArgumentException("series=" + series.key() + " period=" + policies.period()
                    + ", expected a month or quarter of the calendar: define the series withPeriod");
        }
        if (policies.duplicates() != DuplicatePolicy.ALL && policies.duplicates() != DuplicatePolicy.REVISE) {
            throw new IllegalArgumentException("series=" + series.key() + " duplicates=" + policies.duplicates()
                    + ", expected ALL or REVISE: a revised total revises amounts");
        }
        this.publisher = publisher;
        this.series = series;
        this.isSpread = isSpread;
        period = calendar;
        months = calendar.period() == CalendarPeriod.MONTH ? 1 : MONTHS_OF_QUARTER;
    }

    /**
     * Offers no amount of a month whose total, or the total of the month before it, is missing.
     *
     * @param publisher to offer the amounts to.
     * @param series    with a month or quarter of the calendar as its period, and the duplicate policy ALL or REVISE.
     * @return an adapter that has no totals yet.
     * @throws IllegalArgumentException if the series is defined in another way.
     */
    public static YearToDate holdingBack(final Publisher publisher, final FlowSeries series) {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(series, "series");
        return new YearToDate(publisher, series, false);
    }

    /**
     * Spreads a difference that belongs to several months over them by their days; the amounts, rounded at the scale of
     * the series, add up to it exactly. They are estimates that pass for amounts, until the totals between come in and
     * revise them.
     *
     * @param publisher to offer the amounts to.
     * @param series    with a month or quarter of the calendar as its period, and the duplicate policy ALL or REVISE.
     * @return an adapter that has no totals yet.
     * @throws IllegalArgumentException if the series is defined in another way.
     */
    public static YearToDate spreading(final Publisher publisher, final FlowSeries series) {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(series, "series");
        return new YearToDate(publisher, series, true);
    }

    /**
     * Takes a total, known as of the engine's clock.
     *
     * @param through the last month of the total, which begins with January.
     * @param total   scaled value.
     * @return see {@link #offer(YearMonth, long, long)}.
     */
    public long offer(final YearMonth through, final long total) {
        Objects.requireNonNull(through, "through");
        return offer(through, total, Instants.NONE);
    }

    /**
     * Takes a total, or revises one, and offers all amounts of its year that follow and were not offered before.
     *
     * @param through         the last month of the total, which begins with January; the last one of a quarter where
     *                        the series has quarters.
     * @param total           scaled value.
     * @param knowledgeTimeNs when it became known; {@link Instants#NONE} for the engine's clock.
     * @return the ticket of the last amount offered; {@link #NOTHING} if there was none; or a code below 0: then some
     *     amounts may have been taken, and the same total offered again offers the others only.
     * @throws IllegalArgumentException if the month is not the last one of a quarter, its year begins out of range, or
     *                                  a difference does not fit; then the total is not taken.
     */
    public long offer(final YearMonth through, final long total, final long knowledgeTimeNs) {
        Objects.requireNonNull(through, "through");
        toNs(YearMonth.of(through.getYear(), months));
        toNs(through);
        if (total == Decimals.UNKNOWN) {
            return Publisher.VALUE_RESERVED;
        }
        final Long before = totals.put(through, total);
        final NavigableMap<YearMonth, Long> amounts;
        try {
            amounts = amounts(through.getYear());
        } catch (final ArithmeticException e) {
            totals.compute(through, (month, refused) -> before);
            throw new IllegalArgumentException(
                    "series=" + series.key() + " month=" + through + " total=" + total
                            + ", expected one that differs from those around it by less than 2^63",
                    e);
        }
        long ticket = NOTHING;
        for (final Map.Entry<YearMonth, Long> amount : amounts.entrySet()) {
            final YearMonth month = amount.getKey();
            if (!amount.getValue().equals(offered.get(month))) {
                ticket = publisher
                        .point(series)
                        .validAt(toNs(month))
                        .value(amount.getValue())
                        .knownAt(knowledgeTimeNs)
                        .reference(REFERENCE)
                        .offer();
                if (ticket < 0) {
                    return ticket;
                }
                offered.put(month, amount.getValue());
            }
        }
        return ticket;
    }

    /**
     * The months that a difference over several belongs to: held back, or spread.
     *
     * @return their last months where the series has quarters; in time order, empty if all amounts are told.
     */
    public List<YearMonth> untold() {
        final List<YearMonth> untold = new ArrayList<>();
        YearMonth next = null;
        for (final YearMonth month : totals.keySet()) {
            final YearMonth first = YearMonth.of(month.getYear(), months);
            final YearMonth from = next == null || next.isBefore(first) ? first : next;
            if (from.isBefore(month)) {
                untold.addAll(from(from, month));
            }
            next = month.plusMonths(months);
        }
        return untold;
    }

    /** The amounts of a year that follow from its totals. */
    private NavigableMap<YearMonth, Long> amounts(final int year) {
        final NavigableMap<YearMonth, Long> amounts = new TreeMap<>();
        YearMonth next = YearMonth.of(year, months);
        long before = 0;
        for (final Map.Entry<YearMonth, Long> total :
                totals.subMap(next, true, YearMonth.of(year, 12), true).entrySet()) {
            final YearMonth month = total.getKey();
            final long difference = Math.subtractExact(total.getValue(), before);
            if (difference == Decimals.UNKNOWN) {
                throw new ArithmeticException("difference=-2^63");
            }
            if (isSpread || next.equals(month)) {
                spread(difference, from(next, month), amounts);
            }
            before = total.getValue();
            next = month.plusMonths(months);
        }
        return amounts;
    }

    /** Spreads an amount by days: each month gets the rounded sum up to its end, less that up to its start. */
    private void spread(final long amount, final List<YearMonth> over, final Map<YearMonth, Long> amounts) {
        final long allDays = over.stream().mapToLong(this::days).sum();
        long days = 0;
        long spread = 0;
        for (final YearMonth month : over) {
            days += days(month);
            final long upToEnd = Math.floorDiv(amount, allDays) * days
                    + Math.floorDiv(Math.floorMod(amount, allDays) * days, allDays);
            amounts.put(month, upToEnd - spread);
            spread = upToEnd;
        }
    }

    private long days(final YearMonth last) {
        return ChronoUnit.DAYS.between(
                last.minusMonths(months - 1).atDay(1), last.plusMonths(1).atDay(1));
    }

    private List<YearMonth> from(final YearMonth first, final YearMonth last) {
        final List<YearMonth> all = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(months)) {
            all.add(month);
        }
        return all;
    }

    /** The end of the period that ends with a month: where its amount is booked. */
    private long toNs(final YearMonth through) {
        if (through.getMonthValue() % months != 0) {
            throw new IllegalArgumentException(
                    "series=" + series.key() + " month=" + through + ", expected the last one of a quarter");
        }
        return Instants.of(
                through.plusMonths(1).atDay(1).atStartOfDay(period.zone()).toInstant());
    }
}
