package io.tollgate.examples.messages;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.config.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The exceptions of the options of an engine, its states and its limits. */
final class EngineMessages {
    private static final long NOON = Instants.parse("2025-04-09T12:00:00Z");
    private static final SeriesDefinition RATE = SeriesDefinition.step("tariff.US.CN", Unit.PERCENT, 2);

    private EngineMessages() {}

    static void addTo(final MessageTable table) {
        table.section("Options of an engine");
        options(table);
        limits(table);
        table.section("States of an engine");
        closed(table);
        failed(table);
        try (Engine engine = TollgateEngine.launch(new EngineContext().refusalHandler(refusal -> {}))) {
            ownThreads(table, engine);
        }
        try (Engine engine = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL))) {
            inMemory(table, engine);
        }
        table.section("Limits");
        reachedLimits(table);
    }

    private static void options(final MessageTable table) {
        table.thrown("launch(null)", () -> TollgateEngine.launch(null));
        table.thrown("directory(null)", () -> new EngineContext().directory(null));
        table.thrown("clockMode(null)", () -> new EngineContext().clockMode(null));
        table.thrown("durability(null)", () -> new EngineContext().durability(null));
        table.thrown("limits(null)", () -> new EngineContext().limits(null));
        table.thrown(
                "segment of 1000 bytes",
                () -> TollgateEngine.launch(
                        OfferMessages.stepped(ClockMode.MANUAL).logSegmentLength(1_000)));
        table.thrown("interval of 0", () -> Durability.interval(0));
        table.thrown("durability SOMETIMES", () -> Durability.parse("SOMETIMES"));
        table.thrown("checkpoints every 0 operations", () -> CheckpointPolicy.ON_REQUEST.everyOperations(0));
        table.thrown("checkpoints every 0 seconds", () -> CheckpointPolicy.ON_REQUEST.every(0, TimeUnit.SECONDS));
    }

    private static void limits(final MessageTable table) {
        table.thrown("ring of 1000 bytes", () -> Limits.DEFAULT.withRingLength(1_000));
        table.thrown("no series", () -> Limits.DEFAULT.withMaxSeriesCount(0));
        table.thrown("no open batch", () -> Limits.DEFAULT.withMaxOpenBatchCount(0));
        table.thrown("first map of 100 entries", () -> Limits.DEFAULT.withFirstMapEntries(100));
    }

    private static void closed(final MessageTable table) {
        final Engine engine = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL));
        final StepSeries rate = engine.defineStep(RATE);
        final LevelReading level = engine.newReader().level();
        final long ticket = engine.publisher().offer(rate, NOON, 1);
        engine.close();
        table.thrown("defineStep after close", () -> engine.defineStep(RATE));
        table.thrown("find after close", () -> engine.series().find("tariff"));
        table.thrown("read after close", () -> level.read(rate, NOON));
        table.thrown("newReader after close", engine::newReader);
        table.thrown("wait after close", () -> engine.awaitApplied(ticket + 8));
        table.thrown("step after close", engine::step);
        table.thrown("advanceTo after close", () -> engine.advanceTo(NOON));
        table.thrown("statistics after close", () -> engine.admin().statistics());
        table.thrown("apply after close", () -> engine.publisher().apply(rate, NOON, 1));
    }

    private static void failed(final MessageTable table) {
        final RuntimeException planted = new IllegalArgumentException("thrown by a handler");
        final Engine engine = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL)
                .errorHandler(error -> {
                    throw planted;
                })
                .refusalHandler(refusal -> {
                    throw planted;
                }));
        final StepSeries rate = engine.defineStep(RATE);
        final long ticket = engine.publisher().withdraw(rate, NOON);
        table.thrown("step, if handlers throw", engine::step);
        table.thrown("wait after a failure", () -> engine.awaitApplied(ticket));
        table.thrown("defineStep after a failure", () -> engine.defineStep(SeriesDefinition.step("a", Unit.COUNT, 0)));
        engine.close();
    }

    private static void ownThreads(final MessageTable table, final Engine engine) {
        final StepSeries rate = engine.defineStep(RATE);
        table.thrown("step of an engine with threads", engine::step);
        table.thrown("apply in an engine with threads", () -> engine.publisher().apply(rate, NOON, 1));
        table.thrown("advanceTo in mode SYSTEM", () -> engine.advanceTo(NOON));
        handlerThatWaits(table);
    }

    private static void handlerThatWaits(final MessageTable table) {
        final AtomicReference<Engine> self = new AtomicReference<>();
        final AtomicReference<Throwable> told = new AtomicReference<>();
        try (Engine engine = TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL)
                .errorHandler(told::set)
                .refusalHandler(refusal -> self.get().defineStep(RATE)))) {
            self.set(engine);
            engine.publisher().withdraw(engine.defineStep(RATE), NOON);
            engine.step();
            table.thrown("handler that waits for its engine", () -> {
                throw told.get();
            });
        }
    }

    private static void inMemory(final MessageTable table, final Engine engine) {
        table.thrown("checkpoint in memory", () -> engine.admin().checkpoint());
        table.thrown("backup in memory", () -> engine.admin().backup(Path.of("backup")));
        table.thrown("backup to null", () -> engine.admin().backup(null));
        table.thrown(
                "lateness that is not tracked", () -> engine.admin().audit().lateness("tariff.*"));
        table.thrown("timeout above 292 years", () -> engine.awaitApplied(8, Duration.ofDays(200_000)));
    }

    private static void reachedLimits(final MessageTable table) {
        final Limits small = Limits.DEFAULT
                .withMaxSeriesCount(1)
                .withMaxPatternCount(1)
                .withMaxGroupCount(1)
                .withMaxSubscriptionCount(1)
                .withMaxUpdateQueueCount(1)
                .withMaxLatenessPatternCount(0);
        try (Engine engine =
                TollgateEngine.launch(OfferMessages.stepped(ClockMode.MANUAL).limits(small))) {
            final StepSeries rate = engine.defineStep(RATE);
            table.thrown("a series too many", () -> engine.defineStep(SeriesDefinition.step("a", Unit.COUNT, 0)));
            register(engine, "tariff.*");
            table.thrown("a pattern too many", () -> register(engine, "licences.*"));
            final Group group = Group.of(GroupMember.of(rate));
            engine.series().register(group);
            table.thrown("a group too many", () -> engine.series().register(group.withWeightsFixedAt(NOON)));
            final Subscription first = Subscription.of("first", "*").withMetrics(WatchedMetric.LEVEL);
            engine.updates().subscribe(first, QueueOptions.DEFAULT);
            table.thrown("a queue too many", () -> engine.updates().subscribe(first, QueueOptions.DEFAULT));
            table.thrown(
                    "a pattern of lateness too many",
                    () -> engine.admin().audit().trackLateness("tariff.*"));
        }
    }

    private static void register(final Engine engine, final String pattern) {
        engine.series().register(WindowRegistration.of(pattern).withWindows(Window.last(3)));
    }
}
