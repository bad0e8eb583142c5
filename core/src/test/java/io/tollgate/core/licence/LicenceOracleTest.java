package io.tollgate.core.licence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.licence.DayCount;
import io.tollgate.api.licence.LicenceAmendment;
import io.tollgate.api.licence.LicenceCounts;
import io.tollgate.api.licence.LicenceEvent;
import io.tollgate.api.licence.LicenceEventKind;
import io.tollgate.api.licence.LicencePipeline;
import io.tollgate.api.licence.LicenceSeries;
import io.tollgate.api.licence.SurvivalCurve;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random events of random cases in any order, with revisions and withdrawals, compared with a count one by one. */
class LicenceOracleTest {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final Window LIFE = Window.since(0);
    private static final Window AHEAD = Window.slidingNs(30 * DAY_NS);
    private static final int DAYS = 100;
    private static final int CASES = 25;
    private static final int EVENTS = 120;
    private static final int ROUNDS = 40;

    private record Asked(long atNs, long knownNs) {}

    private final Map<Long, Map<LicenceEventKind, LicenceEvent>> events = new TreeMap<>();
    private final Map<Asked, LicenceCounts> counted = new HashMap<>();
    private final Map<Asked, Long> ending = new HashMap<>();
    private final Set<LocalDate> holidays = new HashSet<>();
    private final List<Function<LicencePipeline, List<LicenceAmendment>>> acts = new ArrayList<>();
    private boolean isOfWorkingDays;
    private boolean isOfCases;
    private long openingInForce;
    private long openingEndCount;

    @Test
    void shouldAnswerLikeAListOfCasesReadFromTopToBottom() {
        final long seed = TestSeed.of("licences and oracle");
        for (int round = 0; round < ROUNDS; round++) {
            events.clear();
            counted.clear();
            ending.clear();
            acts.clear();
            final Random random = new Random(seed + round);
            final String message = "seed=" + seed + " round=" + round;
            try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE))) {
                // Alternates without a random draw, because generators with consecutive seeds draw the same first bit.
                isOfCases = round % 2 == 0;
                openingInForce = random.nextInt(5);
                run(engine, random, message);
            }
        }
        assertTrue(openingEndCount > 0, "seed=" + seed + ": licences that were in force at the start end");
    }

    private void run(final Engine engine, final Random random, final String message) {
        final long backlog = random.nextInt(5);
        final LicenceSeries series = LicenceSeries.define(engine, "licences", 0);
        isOfWorkingDays = random.nextBoolean();
        holidays.clear();
        random.ints(12, 0, DAYS).forEach(day -> holidays.add(LocalDate.ofEpochDay(day)));
        final DayCount days = isOfWorkingDays
                ? DayCount.workingDays(ZoneOffset.UTC, holidays)
                : DayCount.calendarDays(ZoneOffset.UTC);
        final Supplier<LicencePipeline> empty = () -> isOfCases
                ? LicencePipeline.ofCases(series, days, backlog, openingInForce)
                : LicencePipeline.ofCounts(series, backlog, openingInForce);
        LicencePipeline pipeline = empty.get();
        offer(engine, pipeline.opening());
        int taken = 0;
        final Map<Long, List<Long>> believed = new TreeMap<>();
        final MetricReader past = engine.newReader();
        final WindowReading life = past.window(LIFE, Metric.SUM);
        final WindowReading ahead = past.window(AHEAD, Metric.SUM);
        for (int i = 1; i <= EVENTS; i++) {
            if (random.nextInt(40) == 0) {
                // After a restart all events are given again, and none is offered.
                pipeline = empty.get();
                for (final Function<LicencePipeline, List<LicenceAmendment>> act : acts) {
                    act.apply(pipeline);
                }
            }
            taken += step(engine, pipeline, random, i, message);
            believed.put((long) i, levels(pipeline));
            final long at = random.nextInt(DAYS) * DAY_NS;
            counted.put(new Asked(at, i), series.counts(life, at));
            ending.put(new Asked(at, i), series.expiringWithin(ahead, at));
        }
        counted.forEach((asked, counts) -> assertEquals(
                counts,
                series.counts(past.asOf(asked.knownNs()).window(LIFE, Metric.SUM), asked.atNs()),
                message + asked));
        ending.forEach((asked, count) -> assertEquals(
                count,
                series.expiringWithin(past.asOf(asked.knownNs()).window(AHEAD, Metric.SUM), asked.atNs()),
                message + asked));
        for (final Map.Entry<Long, List<Long>> levels : believed.entrySet()) {
            final long known = levels.getKey();
            assertEquals(levels.getValue(), levels(pipeline.asKnownAt(known)), message + " as known at " + known);
        }
        assertTrue(taken > EVENTS / 6, message + " taken=" + taken);
        assertEquals(Map.of(), engine.admin().statistics().refusedCounts(), message);
        final TestReader reader = new TestReader(engine.newReader());
        for (int day = 0; day < DAYS; day++) {
            check(series, pipeline, reader, day * DAY_NS, backlog, message + " day=" + day);
        }
        if (isOfCases) {
            assertEquals(List.of(), pipeline.negativeInForce(), message);
            openingEndCount += endsOfOpening(0);
            checkTimes(series, pipeline, reader, message);
        }
    }

    private static List<Long> levels(final LicencePipeline pipeline) {
        final List<Long> levels = new ArrayList<>();
        for (int day = 0; day < DAYS; day += 7) {
            levels.add(pipeline.backlog(day * DAY_NS));
            levels.add(pipeline.inForce(day * DAY_NS));
        }
        return levels;
    }

    /** Makes one random event. Returns 1 if the pipeline takes it. */
    private int step(
            final Engine engine,
            final LicencePipeline pipeline,
            final Random random,
            final int i,
            final String message) {
        final LicenceEventKind kind = LicenceEventKind.values()[random.nextInt(LicenceEventKind.values().length)];
        final long reference = 1 + random.nextInt(CASES);
        final boolean isTakenBack = random.nextInt(8) == 0;
        final long at = random.nextInt(DAYS) * DAY_NS;
        final LicenceEvent plain = LicenceEvent.of(kind, reference, at, i);
        final LicenceEvent counted = isOfCases ? plain : plain.withCount(1 + random.nextInt(9));
        final LicenceEvent event = kind == LicenceEventKind.ISSUED && random.nextBoolean()
                ? counted.withExpiry(at + (1 + random.nextInt(40)) * DAY_NS)
                : counted;
        final Function<LicencePipeline, List<LicenceAmendment>> act =
                to -> isTakenBack ? to.takeBack(kind, reference, i) : to.take(event);
        final Map<LicenceEventKind, LicenceEvent> one = new EnumMap<>(LicenceEventKind.class);
        one.putAll(events.getOrDefault(reference, Map.of()));
        final boolean isThere = one.remove(kind) != null;
        if (!isTakenBack) {
            one.put(kind, event);
        }
        final boolean suits = (isThere || !isTakenBack) && (!isOfCases || isOneLife(reference, one));
        if (!suits) {
            assertThrows(IllegalStateException.class, () -> act.apply(pipeline), message + " act=" + i);
            return 0;
        }
        offer(engine, act.apply(pipeline));
        acts.add(act);
        events.put(reference, one);
        return 1;
    }

    /** Returns true if the events fit one case. A case ends only if it was issued, or in force at the start. */
    private boolean isOneLife(final long reference, final Map<LicenceEventKind, LicenceEvent> one) {
        final LicenceEvent received = one.get(LicenceEventKind.RECEIVED);
        final LicenceEvent issued = one.get(LicenceEventKind.ISSUED);
        int closings = 0;
        int ends = 0;
        boolean suits = true;
        for (final LicenceEvent event : one.values()) {
            if (event.kind().isClosing()) {
                closings++;
                suits &= received == null || event.atNs() >= received.atNs();
            } else if (event.kind().isEndOfLicence() && issued == null) {
                ends++;
                suits &= one.size() == 1 && endsOfOpening(reference) < openingInForce;
            } else if (event.kind().isEndOfLicence()) {
                ends++;
                suits &= event.atNs() > issued.atNs();
                suits &= event.kind() == LicenceEventKind.EXPIRED
                        || issued.expiresNs() == Instants.NONE
                        || event.atNs() < issued.expiresNs();
            }
        }
        return suits && closings <= 1 && ends <= 1;
    }

    /** Returns the ends of licences in force at the start, whose cases have no other event. */
    private long endsOfOpening(final long otherThan) {
        return events.entrySet().stream()
                .filter(one -> one.getKey() != otherThan && one.getValue().size() == 1)
                .filter(one -> one.getValue().keySet().iterator().next().isEndOfLicence())
                .count();
    }

    private static void offer(final Engine engine, final List<LicenceAmendment> amendments) {
        for (final LicenceAmendment amendment : amendments) {
            engine.awaitApplied(amendment.offerTo(engine.publisher()));
        }
    }

    private void check(
            final LicenceSeries series,
            final LicencePipeline pipeline,
            final TestReader reader,
            final long at,
            final long backlog,
            final String message) {
        final long[] counts = new long[LicenceEventKind.values().length];
        for (final LicenceEvent event : all()) {
            counts[event.kind().ordinal()] += event.atNs() <= at ? event.count() : 0;
        }
        // The window at the first instant has no time to cover.
        final Status worth = at > 0 ? Status.OK : Status.PARTIAL;
        final LicenceCounts expected =
                new LicenceCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], worth);
        assertEquals(expected, series.counts(reader.reader().window(LIFE, Metric.SUM), at), message);
        final long pending = backlog + expected.backlogChange();
        final long licences = openingInForce + expected.issued() - expected.revoked() - expected.expired();
        assertEquals(pending, level(reader, series.backlog(), at), message);
        assertEquals(licences, level(reader, series.inForce(), at), message);
        assertEquals(pending, pipeline.backlog(at), message);
        assertEquals(licences, pipeline.inForce(at), message);
        assertEquals(
                pending < 0,
                pipeline.negativeBacklog().stream()
                        .anyMatch(stretch -> covers(stretch.fromNs(), stretch.untilNs(), at)),
                message);
        final long soon = all().stream()
                .filter(event -> event.kind() == LicenceEventKind.EXPIRED)
                .filter(event -> event.atNs() > at && event.atNs() <= at + 30 * DAY_NS)
                .mapToLong(LicenceEvent::count)
                .sum();
        assertEquals(soon, series.expiringWithin(reader.reader().window(AHEAD, Metric.SUM), at), message);
    }

    private static boolean covers(final long from, final long until, final long at) {
        return from <= at && (until == Instants.NONE || at < until);
    }

    private static long level(final TestReader reader, final StepSeries levels, final long at) {
        final LevelReading reading = reader.level(levels, at);
        return reading.scaledValue();
    }

    /** Returns all events, including those that follow from the end set at the issue. */
    private List<LicenceEvent> all() {
        final List<LicenceEvent> all = new ArrayList<>();
        for (final Map<LicenceEventKind, LicenceEvent> one : events.values()) {
            all.addAll(one.values());
            final LicenceEvent issued = one.get(LicenceEventKind.ISSUED);
            if (issued != null && issued.expiresNs() != Instants.NONE && !one.containsKey(LicenceEventKind.EXPIRED)) {
                final LicenceEvent revoked = one.get(LicenceEventKind.REVOKED);
                final long left = issued.count() - (revoked == null ? 0 : revoked.count());
                if (left > 0) {
                    all.add(LicenceEvent.of(
                                    LicenceEventKind.EXPIRED, issued.reference(), issued.expiresNs(), issued.knownNs())
                            .withCount(left));
                }
            }
        }
        return all;
    }

    private void checkTimes(
            final LicenceSeries series, final LicencePipeline pipeline, final TestReader reader, final String message) {
        final long at = 60 * DAY_NS;
        final List<Long> closed = new ArrayList<>();
        final List<Long> pending = new ArrayList<>();
        long sum = 0;
        long count = 0;
        for (final Map<LicenceEventKind, LicenceEvent> one : events.values()) {
            final LicenceEvent received = one.get(LicenceEventKind.RECEIVED);
            if (received == null) {
                continue;
            }
            long end = at;
            boolean isClosed = false;
            for (final LicenceEvent event : one.values()) {
                if (event.kind().isClosing()) {
                    final boolean isByAuthority = event.kind() != LicenceEventKind.WITHDRAWN;
                    sum += isByAuthority ? days(received.atNs(), event.atNs()) : 0;
                    count += isByAuthority ? 1 : 0;
                    isClosed = event.atNs() <= at && isByAuthority;
                    end = Math.min(at, event.atNs());
                }
            }
            if (received.atNs() <= at) {
                (isClosed ? closed : pending).add(days(received.atNs(), end));
            }
        }
        assertEquals(
                SurvivalCurve.of(closed, pending).steps(),
                pipeline.survival(0, at).steps(),
                message);
        final WindowReading reading = reader.window(series.processing(), Window.since(0), DAYS * DAY_NS);
        assertEquals(count, reading.count(), message);
        assertEquals(sum, count == 0 ? 0 : reading.value(Metric.SUM), message);
    }

    /** Counts the days from one instant to another one by one, without the first. */
    private long days(final long fromNs, final long toNs) {
        long days = 0;
        for (long day = fromNs / DAY_NS + 1; day <= toNs / DAY_NS; day++) {
            final LocalDate date = LocalDate.ofEpochDay(day);
            final boolean isFree = date.getDayOfWeek() == DayOfWeek.SATURDAY
                    || date.getDayOfWeek() == DayOfWeek.SUNDAY
                    || holidays.contains(date);
            days += isOfWorkingDays && isFree ? 0 : 1;
        }
        return days;
    }
}
