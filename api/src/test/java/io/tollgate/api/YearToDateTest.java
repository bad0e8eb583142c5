package io.tollgate.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class YearToDateTest {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final FlowSeries TONNES = flow(CalendarPeriod.MONTH, DuplicatePolicy.ALL);
    private static final long KNOWN = 77;

    private final List<String> offers = new ArrayList<>();
    private final Map<Long, Long> points = new TreeMap<>();
    private int room = Integer.MAX_VALUE;
    private final Map<String, Object> fields = new TreeMap<>();
    private final PointEncoder point = proxy(PointEncoder.class, (proxy, method, arguments) -> {
        if (method.getName().equals("offer")) {
            return offer();
        }
        fields.put(method.getName(), arguments[0]);
        return proxy;
    });
    private final Publisher publisher = proxy(Publisher.class, (proxy, method, arguments) -> {
        assertEquals("point", method.getName());
        fields.clear();
        return point;
    });

    private static <T> T proxy(final Class<T> type, final InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private long offer() {
        assertEquals(YearToDate.REFERENCE, fields.get("reference"));
        if (room == 0) {
            return Publisher.BACK_PRESSURED;
        }
        room--;
        final long validAtNs = (long) fields.get("validAt");
        points.put(validAtNs, (long) fields.get("value"));
        offers.add(month(validAtNs) + " " + fields.get("value") + " " + fields.get("knownAt"));
        return offers.size();
    }

    @Test
    void shouldOfferTheDifferencesOfAYear() {
        final YearToDate totals = YearToDate.holdingBack(publisher, TONNES);
        assertEquals(YearToDate.NOTHING, totals.offer(YearMonth.of(2024, 12), 0, KNOWN), "no total of November");
        assertEquals(1, totals.offer(YearMonth.of(2025, 1), 300, KNOWN));
        assertEquals(2, totals.offer(YearMonth.of(2025, 2), 500, KNOWN + 1));
        assertEquals(3, totals.offer(YearMonth.of(2025, 3), 490));
        assertEquals(List.of("2025-01 300 77", "2025-02 200 78", "2025-03 -10 " + Instants.NONE), offers);
    }

    @Test
    void shouldReviseThisMonthAndTheNextWhenATotalIsRevised() {
        final YearToDate totals = YearToDate.holdingBack(publisher, TONNES);
        for (int month = 1; month <= 4; month++) {
            totals.offer(YearMonth.of(2025, month), 100L * month, KNOWN);
        }
        offers.clear();
        assertEquals(2, totals.offer(YearMonth.of(2025, 2), 230, KNOWN + 1));
        assertEquals(List.of("2025-02 130 78", "2025-03 70 78"), offers);
        assertEquals(YearToDate.NOTHING, totals.offer(YearMonth.of(2025, 2), 230, KNOWN + 2));
        assertEquals(3, totals.offer(YearMonth.of(2025, 4), 401, KNOWN + 2));
        assertEquals(List.of(), totals.untold());
    }

    /** Chinese customs publish the total of January and February. The amount of January alone comes later or never. */
    @Test
    void shouldHoldBackJanuaryAndFebruaryIfOnlyTheirSumIsPublished() {
        final YearToDate totals = YearToDate.holdingBack(publisher, TONNES);
        assertEquals(YearToDate.NOTHING, totals.offer(YearMonth.of(2025, 2), 590, KNOWN));
        totals.offer(YearMonth.of(2025, 3), 900, KNOWN);
        assertEquals(List.of("2025-03 310 77"), offers);
        assertEquals(months(1, 2), totals.untold());
        assertEquals(3, totals.offer(YearMonth.of(2025, 1), 400, KNOWN));
        assertEquals(List.of("2025-03 310 77", "2025-01 400 77", "2025-02 190 77"), offers);
        assertEquals(List.of(), totals.untold());
    }

    @Test
    void shouldSpreadJanuaryAndFebruaryByTheirDays() {
        final YearToDate totals = YearToDate.spreading(publisher, TONNES);
        totals.offer(YearMonth.of(2025, 2), 590, KNOWN);
        totals.offer(YearMonth.of(2025, 3), 900, KNOWN);
        assertEquals(List.of("2025-01 310 77", "2025-02 280 77", "2025-03 310 77"), offers);
        assertEquals(months(1, 2), totals.untold());
        totals.offer(YearMonth.of(2025, 1), 400, KNOWN);
        assertEquals(List.of("2025-01 400 77", "2025-02 190 77"), offers.subList(3, 5));
    }

    @Test
    void shouldSpreadAmountsThatAddUpForAnySignAndSize() {
        final Random random = new Random(TestSeed.of("spreading"));
        for (int i = 0; i < 2_000; i++) {
            points.clear();
            final YearToDate totals = YearToDate.spreading(publisher, TONNES);
            final long total = Math.max(-Long.MAX_VALUE, random.nextLong() >> random.nextInt(64));
            final YearMonth last = YearMonth.of(1900 + random.nextInt(300), 1 + random.nextInt(12));
            totals.offer(last, total);
            assertEquals(last.getMonthValue(), points.size());
            assertEquals(
                    total, points.values().stream().mapToLong(Long::longValue).sum());
            final BigInteger days = BigInteger.valueOf(last.atEndOfMonth().getDayOfYear());
            points.forEach((toNs, amount) -> {
                final BigInteger share = BigInteger.valueOf(total)
                        .multiply(BigInteger.valueOf(month(toNs).lengthOfMonth()));
                final BigInteger distance = BigInteger.valueOf(amount)
                        .multiply(days)
                        .subtract(share)
                        .abs();
                assertTrue(distance.compareTo(days) < 0, () -> total + " " + last + " " + points);
            });
        }
    }

    @Test
    void shouldMakeTheSamePointsOfTotalsInAnyOrder() {
        final Random random = new Random(TestSeed.of("totals in any order"));
        for (int i = 0; i < 500; i++) {
            final boolean isSpread = random.nextBoolean();
            final CalendarPeriod period = random.nextBoolean() ? CalendarPeriod.MONTH : CalendarPeriod.QUARTER;
            final FlowSeries series = flow(period, DuplicatePolicy.REVISE);
            final int months = period == CalendarPeriod.MONTH ? 1 : 3;
            final List<Map.Entry<YearMonth, Long>> totals = new ArrayList<>();
            final int share = random.nextInt(5);
            for (int month = months; month <= 36; month += months) {
                if (random.nextInt(5) >= share) {
                    totals.add(Map.entry(YearMonth.of(2024, 1).plusMonths(month - 1), random.nextLong() >> 2));
                }
            }
            final Map<Long, Long> inOrder = pointsOf(series, isSpread, totals);
            final List<Map.Entry<YearMonth, Long>> arriving = new ArrayList<>();
            Collections.shuffle(totals, random);
            for (final Map.Entry<YearMonth, Long> total : totals) {
                // Some totals are wrong at first; the last publication is right.
                for (int wrong = random.nextInt(3); wrong > 0; wrong--) {
                    arriving.add(
                            random.nextInt(arriving.size() + 1), Map.entry(total.getKey(), random.nextLong() >> 2));
                }
                arriving.add(total);
            }
            assertEquals(inOrder, pointsOf(series, isSpread, arriving));
            assertEquals(naive(totals, months, isSpread).keySet(), inOrder.keySet());
            if (!isSpread) {
                assertEquals(naive(totals, months, false), inOrder);
            }
        }
    }

    private Map<Long, Long> pointsOf(
            final FlowSeries series, final boolean isSpread, final List<Map.Entry<YearMonth, Long>> totals) {
        points.clear();
        final YearToDate adapter =
                isSpread ? YearToDate.spreading(publisher, series) : YearToDate.holdingBack(publisher, series);
        totals.forEach(total -> adapter.offer(total.getKey(), total.getValue()));
        return new TreeMap<>(points);
    }

    /** Computes the amounts month by month; a spread difference takes effect only at the months with amounts. */
    private static Map<Long, Long> naive(
            final List<Map.Entry<YearMonth, Long>> totals, final int months, final boolean isSpread) {
        final Map<YearMonth, Long> known = new TreeMap<>();
        totals.forEach(total -> known.put(total.getKey(), total.getValue()));
        final Map<Long, Long> amounts = new TreeMap<>();
        for (YearMonth month = YearMonth.of(2024, months);
                month.isBefore(YearMonth.of(2027, 1));
                month = month.plusMonths(months)) {
            final boolean isFirst = month.getMonthValue() == months;
            final Long before = isFirst ? Long.valueOf(0) : known.get(month.minusMonths(months));
            final YearMonth thisMonth = month;
            final boolean isBeforeAnother = known.keySet().stream()
                    .anyMatch(other -> other.getYear() == thisMonth.getYear() && !other.isBefore(thisMonth));
            if (isSpread && isBeforeAnother) {
                amounts.put(to(month), 0L);
            } else if (before != null && known.containsKey(month)) {
                amounts.put(to(month), known.get(month) - before);
            }
        }
        return amounts;
    }

    @Test
    void shouldOfferTheRestWhenATotalIsOfferedAgainAfterBackPressure() {
        final YearToDate totals = YearToDate.spreading(publisher, TONNES);
        room = 1;
        assertEquals(Publisher.BACK_PRESSURED, totals.offer(YearMonth.of(2025, 2), 59, KNOWN));
        room = 5;
        assertEquals(2, totals.offer(YearMonth.of(2025, 2), 59, KNOWN));
        assertEquals(List.of("2025-01 31 77", "2025-02 28 77"), offers);
    }

    @Test
    void shouldRefuseWhatItCannotTell() {
        final YearToDate totals = YearToDate.holdingBack(publisher, TONNES);
        assertEquals(Publisher.VALUE_RESERVED, totals.offer(YearMonth.of(2025, 1), Long.MIN_VALUE));
        totals.offer(YearMonth.of(2025, 1), -2, KNOWN);
        assertThrows(IllegalArgumentException.class, () -> totals.offer(YearMonth.of(2025, 2), Long.MAX_VALUE - 1));
        assertThrows(IllegalArgumentException.class, () -> totals.offer(YearMonth.of(2300, 1), 5));
        assertEquals(List.of("2025-01 -2 77"), offers);
        assertEquals(2, totals.offer(YearMonth.of(2025, 2), 3, KNOWN), "the refused amount is not there");
        assertEquals("2025-02 5 77", offers.get(1));
    }

    @Test
    void shouldTakeQuartersAndNothingBetween() {
        final YearToDate totals =
                YearToDate.holdingBack(publisher, flow(CalendarPeriod.QUARTER, DuplicatePolicy.REVISE));
        totals.offer(YearMonth.of(2025, 3), 10, KNOWN);
        totals.offer(YearMonth.of(2025, 6), 25, KNOWN);
        totals.offer(YearMonth.of(2025, 12), 60, KNOWN);
        assertEquals(List.of("2025-03 10 77", "2025-06 15 77"), offers);
        assertEquals(months(9, 12), totals.untold());
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> totals.offer(YearMonth.of(2025, 8), 1));
        assertEquals("series=a month=2025-08, expected the last month of a quarter", refusal.getMessage());
    }

    @Test
    void shouldRefuseASeriesThatCannotHoldTheAmounts() {
        final SeriesDefinition plain = SeriesDefinition.flow("a", Unit.COUNT, 0);
        for (final SeriesDefinition definition : List.of(
                plain,
                plain.withPeriod(ReportingPeriod.of(Duration.ofDays(30))),
                plain.withPeriod(ReportingPeriod.of(CalendarPeriod.YEAR, CHINA)),
                flow(CalendarPeriod.MONTH, DuplicatePolicy.SUM).definition(),
                flow(CalendarPeriod.MONTH, DuplicatePolicy.KEEP_FIRST).definition())) {
            final FlowSeries series = new FlowSeries(0, definition);
            assertThrows(IllegalArgumentException.class, () -> YearToDate.holdingBack(publisher, series));
        }
    }

    private static FlowSeries flow(final CalendarPeriod period, final DuplicatePolicy duplicates) {
        return new FlowSeries(
                0,
                SeriesDefinition.flow("a", Unit.COUNT, 0)
                        .withDuplicates(duplicates)
                        .withPeriod(ReportingPeriod.of(period, CHINA)));
    }

    private static List<YearMonth> months(final int... months) {
        final List<YearMonth> all = new ArrayList<>();
        for (final int month : months) {
            all.add(YearMonth.of(2025, month));
        }
        return all;
    }

    private static long to(final YearMonth month) {
        return Instants.of(month.atEndOfMonth().plusDays(1), LocalTime.MIDNIGHT, CHINA);
    }

    private static YearMonth month(final long toNs) {
        return YearMonth.from(
                LocalDate.ofInstant(Instants.toInstant(toNs), CHINA).minusDays(1));
    }
}
