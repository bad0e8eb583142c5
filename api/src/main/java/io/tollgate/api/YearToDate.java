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
 * Converts year-to-date totals, as statistical offices publish them (January to this month), into the monthly or
 * quarterly amounts of a FLOW. The amount of a month is its total minus the total of the month before; January's amount
 * is its total. The series must have a calendar month or quarter as its {@link ReportingPeriod}.
 *
 * <pre>{@code
 * YearToDate imports = YearToDate.holdingBack(publisher, monthly);
 * imports.offer(YearMonth.of(2025, 1), monthly.scaled("310"));
 * imports.offer(YearMonth.of(2025, 2), monthly.scaled("590")); // offers 280 for February
 * }</pre>
 *
 * <p>Totals may arrive in any order and may be revised; the final amounts depend only on the final totals. A revised
 * total changes the amounts of its own month and of the next one. The adapter offers both revisions one after the
 * other, with the same knowledge time if one is given.
 *
 * <p>If the total of the month before is missing, a difference covers several months. Chinese customs, for example,
 * publish no total for January. {@linkplain #holdingBack Holding back} then offers no amount for these months until the
 * missing totals arrive, so windows are PARTIAL. {@linkplain #spreading Spreading} distributes the difference over
 * these months by their days. {@link #untold()} lists the months concerned.
 *
 * <p>Totals are kept in memory: after a restart, offer the totals of the current years again. If the engine refuses an
 * amount after it was taken, as reported to the {@link RefusalHandler}, the adapter does not offer it again; continue
 * with a new adapter. All points have the reference {@value #REFERENCE}, and no other writer should use the series.
 * Allocates. For one thread.
 */
public final class YearToDate {
    /**
     * Result of {@link #offer(YearMonth, long)} if the total leads to no new amount. It is not a ticket, and there is
     * no point to wait for.
     */
    public static final long NOTHING = 0;

    /** Reference of every point, so that a new amount of a month revises the old one. */
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
                    + ", expected a calendar month or quarter: define the series with withPeriod");
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
     * Creates an adapter that offers no amount for a month if its total or the total of the month before is missing.
     *
     * @param publisher publisher of the amounts.
     * @param series    FLOW with a calendar month or quarter as its period, and duplicate policy ALL or REVISE.
     * @return an adapter without totals.
     * @throws IllegalArgumentException if the series has another period or duplicate policy.
     */
    public static YearToDate holdingBack(final Publisher publisher, final FlowSeries series) {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(series, "series");
        return new YearToDate(publisher, series, false);
    }

    /**
     * Creates an adapter that distributes a difference over several months by their days. The amounts are rounded to
     * the scale of the series and add up exactly. They are estimates, and missing totals that arrive later revise them.
     *
     * @param publisher publisher of the amounts.
     * @param series    FLOW with a calendar month or quarter as its period, and duplicate policy ALL or REVISE.
     * @return an adapter without totals.
     * @throws IllegalArgumentException if the series has another period or duplicate policy.
     */
    public static YearToDate spreading(final Publisher publisher, final FlowSeries series) {
        Objects.requireNonNull(publisher, "publisher");
        Objects.requireNonNull(series, "series");
        return new YearToDate(publisher, series, true);
    }

    /**
     * Takes a total with the engine clock as its knowledge time.
     *
     * @param through last month of the total, which begins in January.
     * @param total   scaled total.
     * @return see {@link #offer(YearMonth, long, long)}.
     */
    public long offer(final YearMonth through, final long total) {
        Objects.requireNonNull(through, "through");
        return offer(through, total, Instants.NONE);
    }

    /**
     * Takes or revises a total, and offers all amounts of its year that are new or changed.
     *
     * @param through         last month of the total, which begins in January; for quarters, the last month of a
     *                        quarter.
     * @param total           scaled total.
     * @param knowledgeTimeNs knowledge time in ns; {@link Instants#NONE} for the engine clock.
     * @return the ticket of the last amount offered; {@link #NOTHING} if no amount is new; or a code below 0. After a
     *     code some amounts may have been taken; the same call then offers only the others.
     * @throws IllegalArgumentException if the month is not the last one of a quarter, its year begins out of range, or
     *                                  a difference does not fit into a {@code long}; the total is then not taken.
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
                            + ", expected a total that differs from its neighbours by less than 2^63",
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
     * Lists the months whose amounts are not known individually because one difference covers several months.
     *
     * @return these months in time order, for quarters their last months; empty if all amounts are known.
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

    /** Returns the amounts of a year that follow from its totals. */
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

    /** Spreads an amount by days: each month gets the rounded cumulative sum at its end minus that at its start. */
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

    /** Returns the end of the period that ends with a month: the instant at which its amount is booked. */
    private long toNs(final YearMonth through) {
        if (through.getMonthValue() % months != 0) {
            throw new IllegalArgumentException(
                    "series=" + series.key() + " month=" + through + ", expected the last month of a quarter");
        }
        return Instants.of(
                through.plusMonths(1).atDay(1).atStartOfDay(period.zone()).toInstant());
    }
}
