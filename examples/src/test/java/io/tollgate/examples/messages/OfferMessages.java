package io.tollgate.examples.messages;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The codes, refusals and exceptions that a program meets when it offers points. */
final class OfferMessages {
    private static final long NOON = Instants.parse("2025-04-09T12:00:00Z");
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final long MILLISECONDS = NOON / 1_000_000;

    private OfferMessages() {}

    static EngineContext stepped(final ClockMode mode) {
        return new EngineContext().threadingMode(ThreadingMode.STEPPED).clockMode(mode);
    }

    static void addTo(final MessageTable table) {
        table.section("Codes of a publisher");
        try (Engine engine = TollgateEngine.launch(stepped(ClockMode.MANUAL)
                .limits(Limits.DEFAULT
                        .withRingLength(1 << 12)
                        .withMaxBatchPointCount(1)
                        .withMaxOpenBatchCount(1)))) {
            codes(table, engine);
        }
        abortedBatch(table);
        table.section("Points refused later, on standard error");
        refusals(table, ClockMode.MANUAL);
        refusals(table, ClockMode.KNOWLEDGE);
        table.section("Offering and applying");
        try (Engine engine = TollgateEngine.launch(stepped(ClockMode.MANUAL))) {
            wrongPoints(table, engine);
            wrongTickets(table, engine);
        }
    }

    private static StepSeries rate(final Engine engine) {
        return engine.defineStep(SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2));
    }

    private static StepSeries foreign() {
        try (Engine other = TollgateEngine.launch(stepped(ClockMode.MANUAL))) {
            return other.defineStep(SeriesDefinition.step("tariff.EU.CN", Unit.PERCENT, 2));
        }
    }

    private static void codes(final MessageTable table, final Engine engine) {
        final Publisher publisher = engine.publisher();
        final StepSeries rate = rate(engine);
        table.code(
                "offer to a series of another engine", Publisher.UNKNOWN_SERIES, publisher.offer(foreign(), NOON, 1));
        table.code("offer of the value -2^63", Publisher.VALUE_RESERVED, publisher.offer(rate, NOON, Long.MIN_VALUE));
        table.code("offer at Long.MAX_VALUE", Publisher.TIME_OUT_OF_RANGE, publisher.offer(rate, Long.MAX_VALUE, 1));
        table.code("offer at milliseconds", Publisher.IMPLAUSIBLE_TIME, publisher.offer(rate, MILLISECONDS, 1));
        final Batch batch = publisher.newBatch();
        batch.begin();
        table.code(
                "begin of one batch too many",
                Publisher.TOO_MANY_BATCHES,
                publisher.newBatch().begin());
        batch.offer(rate, NOON, 1);
        table.code("offer of one point too many in a batch", Publisher.BATCH_TOO_LARGE, batch.offer(rate, NOON, 2));
        table.code("commit of a batch that was too large", Publisher.BATCH_TOO_LARGE, batch.commit());
        batch.abort();
        long code = publisher.offer(rate, NOON, 1);
        while (code > 0) {
            code = publisher.offer(rate, NOON, 1);
        }
        table.code("offer while the ring is full", Publisher.BACK_PRESSURED, code);
        engine.close();
        table.code("offer after close", Publisher.CLOSED, publisher.offer(rate, NOON, 1));
    }

    private static void abortedBatch(final MessageTable table) {
        try (Engine engine =
                TollgateEngine.launch(stepped(ClockMode.MANUAL).limits(Limits.DEFAULT.withBatchTimeoutNs(1)))) {
            final StepSeries rate = rate(engine);
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            batch.offer(rate, NOON, 1);
            engine.step();
            table.code("commit after the timeout of batches", Publisher.BATCH_ABORTED, batch.commit());
        }
    }

    private static void refusals(final MessageTable table, final ClockMode mode) {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream standardErr = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (Engine engine = TollgateEngine.launch(stepped(mode))) {
            if (mode == ClockMode.KNOWLEDGE) {
                refuseForKnowledge(engine);
            } else {
                refuse(engine);
            }
        } finally {
            System.setErr(standardErr);
        }
        printed.toString(StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> table.add(line.replaceAll("tollgate: refused (\\S+).*", "$1"), "line", line));
    }

    private static void refuseForKnowledge(final Engine engine) {
        final StepSeries rate = rate(engine);
        engine.publisher().point(rate).validAt(NOON).value(8400).offer();
        engine.publisher().point(rate).validAt(NOON).value(8400).knownAt(NOON).offer();
        engine.publisher()
                .point(rate)
                .validAt(NOON)
                .value(3000)
                .knownAt(NOON - DAY)
                .offer();
        engine.step();
    }

    private static void refuse(final Engine engine) {
        final Publisher publisher = engine.publisher();
        final SeriesDefinition granted = SeriesDefinition.flow("licences.granted", Unit.COUNT, 0);
        final FlowSeries once = engine.defineFlow(granted.withDuplicates(DuplicatePolicy.REJECT));
        final FlowSeries summed = engine.defineFlow(
                SeriesDefinition.flow("licences.summed", Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM));
        final StepSeries rate = rate(engine);
        engine.advanceTo(NOON + DAY);
        publisher.withdraw(rate, NOON);
        publisher.offer(once, NOON, 1);
        publisher.offer(once, NOON, 2);
        publisher.offer(summed, NOON, Long.MAX_VALUE);
        publisher.offer(summed, NOON, Long.MAX_VALUE);
        final Batch batch = publisher.newBatch();
        batch.begin();
        batch.offer(rate, NOON, 8400);
        batch.offer(once, NOON, 3);
        batch.commit();
        engine.step();
        engine.series().close(rate, LifeEnd.at(NOON));
        publisher.offer(rate, NOON + 1, 8400);
        engine.step();
    }

    private static void wrongPoints(final MessageTable table, final Engine engine) {
        final Publisher publisher = engine.publisher();
        final StepSeries rate = rate(engine);
        final FlowSeries granted = engine.defineFlow(SeriesDefinition.flow("licences.granted", Unit.COUNT, 0));
        final Instant noon = Instant.parse("2025-04-09T12:00:00Z");
        table.thrown("offer to null", () -> publisher.offer(null, NOON, 1));
        table.thrown(
                "offer with more digits than the scale", () -> publisher.offer(rate, noon, new BigDecimal("84.125")));
        table.thrown("offer with a value too large", () -> publisher.offer(rate, noon, new BigDecimal("1e18")));
        table.thrown("offer without a value", () -> publisher.offer(rate, noon, null));
        table.thrown("offer at Instant.MAX", () -> publisher.offer(rate, Instant.MAX, BigDecimal.ONE));
        table.thrown(
                "point without an instant", () -> publisher.point(rate).value(1).offer());
        table.thrown(
                "point without a value",
                () -> publisher.point(rate).validAt(NOON).offer());
        table.thrown("unknown value of a FLOW", () -> publisher.point(granted).unknown());
        table.thrown(
                "withdrawal with a value",
                () -> publisher.point(rate).validAt(NOON).value(1).withdraw());
        table.thrown("point offered twice", () -> {
            final var point = publisher.point(rate).validAt(NOON).value(1);
            point.offer();
            point.offer();
        });
        table.thrown("apply to a series of another engine", () -> publisher.apply(foreign(), NOON, 1));
        table.thrown("apply at milliseconds", () -> publisher.apply(rate, MILLISECONDS, 1));
        table.thrown("apply of the value -2^63", () -> publisher.apply(rate, NOON, Long.MIN_VALUE));
        final Batch batch = publisher.newBatch();
        table.thrown("offer to a batch that was not begun", () -> batch.offer(rate, NOON, 1));
        batch.begin();
        table.thrown("begin of an open batch", batch::begin);
        table.thrown(
                "apply in a batch",
                () -> batch.point(rate).validAt(NOON).value(1).apply());
        batch.abort();
    }

    private static void wrongTickets(final MessageTable table, final Engine engine) {
        table.thrown("wait for a code", () -> engine.awaitApplied(Publisher.BACK_PRESSURED));
        table.thrown("wait for the outcome of a code", () -> engine.awaitOutcome(Publisher.UNKNOWN_SERIES));
        table.thrown("wait for a ticket never given out", () -> engine.awaitApplied(1L << 40));
        table.thrown("wait with a timeout below 0", () -> engine.awaitApplied(8, Duration.ofSeconds(-1)));
        table.thrown(
                "wait for durability in memory",
                () -> engine.awaitDurable(engine.publisher().offer(rate(engine), NOON, 1)));
    }
}
