package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.DirectoryInUseException;
import io.tollgate.api.DiskFullException;
import io.tollgate.api.Engine;
import io.tollgate.api.EngineClosedException;
import io.tollgate.api.EngineFailedException;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.MissingModulesException;
import io.tollgate.api.TollgateException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Each state on which a caller may act has its own exception class, with the data needed to act. */
class TollgateExceptionTest {
    @TempDir
    private Path temporary;

    private static StepSeries define(final Engine engine, final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
    }

    /** The common superclass also catches it. Each exception is serialisable for other processes. */
    private static <T extends TollgateException> T thrown(final Class<T> type, final Executable call) {
        final TollgateException thrown = assertThrows(TollgateException.class, call);
        assertEquals(type, thrown.getClass(), thrown::toString);
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(thrown);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        return type.cast(thrown);
    }

    @Test
    void shouldSayWhichModulesAreMissing() {
        final List<String> modules = List.of("jdk.compiler", "jdk.unsupported");
        final MissingModulesException missing = thrown(MissingModulesException.class, () -> {
            throw new MissingModulesException(modules);
        });
        assertEquals(modules, missing.modules());
    }

    @Test
    void shouldSayThatTheEngineIsClosed() {
        final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));
        final StepSeries level = define(engine, "level");
        final MetricReader reader = engine.newReader();
        final LevelReading reading = reader.level();
        final long ticket = engine.publisher().offer(level, 1, 1);
        engine.close();
        for (final Executable call : List.<Executable>of(
                () -> define(engine, "another"),
                () -> engine.series().find("another"),
                () -> reading.read(level, 1),
                () -> engine.awaitApplied(ticket + 8),
                engine::newReader,
                engine.admin()::statistics,
                engine::step)) {
            thrown(EngineClosedException.class, call);
        }
    }

    @Test
    void shouldSayWhyTheEngineHasFailed() {
        final RuntimeException planted = new ArithmeticException("handler=planted");
        final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL)
                .errorHandler(error -> {
                    throw planted;
                })
                .refusalHandler(refusal -> {
                    throw planted;
                }));
        final StepSeries level = define(engine, "level");
        final long ticket = engine.publisher().withdraw(level, 1);
        assertSame(planted, assertThrows(ArithmeticException.class, engine::step));
        for (final Executable call :
                List.<Executable>of(() -> engine.awaitApplied(ticket), () -> define(engine, "another"), engine::step)) {
            assertSame(planted, thrown(EngineFailedException.class, call).getCause());
        }
        engine.close();
    }

    @Test
    void shouldNameTheOwnerOfTheDirectory() throws IOException {
        final Path directory = temporary.toRealPath().resolve("data");
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            assertTrue(engine.series().find("level").isEmpty());
            final DirectoryInUseException inUse = thrown(
                    DirectoryInUseException.class,
                    () -> TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))
                            .close());
            assertEquals(directory, inUse.path());
            final String pid = "pid=" + ProcessHandle.current().pid() + " ";
            assertTrue(inUse.owner().orElseThrow().startsWith(pid), inUse::toString);
        }
    }

    @Test
    void shouldSayWhichFileIsDamaged() throws IOException {
        final Path directory = temporary.toRealPath().resolve("data");
        try (Engine engine = DamagedDirectory.fill(directory)) {
            assertTrue(engine.now() > 0);
        }
        final Path manifest = directory.resolve("manifest");
        Files.write(manifest, new byte[Files.readAllBytes(manifest).length]);
        final DirectoryDamagedException damaged = thrown(DirectoryDamagedException.class, () -> launchOnce(directory));
        assertEquals(Optional.of(manifest), damaged.path());
    }

    private static void launchOnce(final Path directory) {
        TollgateEngine.launch(DamagedDirectory.context(directory)).close();
    }

    @Test
    void shouldNameTheOperationWithoutSpaceOnTheDisk() {
        final FullDisk disk = new FullDisk(1);
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, temporary)
                .logSegmentLength(1 << 16)
                .fileAccess(disk)
                .errorHandler(error -> {}))) {
            final DiskFullException full = thrown(
                    DiskFullException.class,
                    () -> LongStream.iterate(1, now -> now + 1).forEach(engine::advanceTo));
            assertEquals("instantNs=" + (engine.now() + 1), full.subject());
        }
    }

    @Test
    void shouldSayWhichLimitIsReached() {
        final Limits limits = Limits.DEFAULT
                .withMaxSeriesCount(1)
                .withMaxPatternCount(1)
                .withMaxGroupCount(1)
                .withMaxSubscriptionCount(1)
                .withMaxUpdateQueueCount(1)
                .withMaxLatenessPatternCount(0);
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(limits))) {
            final StepSeries level = define(engine, "level");
            requireLimit("maxSeriesCount", 1, () -> define(engine, "another"));
            register(engine, "a.*");
            requireLimit("maxPatternCount", 1, () -> register(engine, "b.*"));
            final Group group = Group.of(GroupMember.of(level));
            engine.series().register(group);
            requireLimit("maxGroupCount", 1, () -> engine.series().register(group.withWeightsFixedAt(5)));
            final Subscription first = Subscription.of("first", "*").withMetrics(WatchedMetric.LEVEL);
            engine.updates().subscribe(first, QueueOptions.DEFAULT);
            requireLimit("maxUpdateQueueCount", 1, () -> engine.updates().subscribe(first, QueueOptions.DEFAULT));
            requireLimit(
                    "maxLatenessPatternCount", 0, () -> engine.admin().audit().trackLateness("a.*"));
        }
    }

    private static void register(final Engine engine, final String pattern) {
        engine.series().register(WindowRegistration.of(pattern).withWindows(Window.slidingNs(10)));
    }

    private static void requireLimit(final String limit, final long maximum, final Executable call) {
        final LimitExceededException exceeded = thrown(LimitExceededException.class, call);
        assertEquals(limit, exceeded.limit());
        assertEquals(maximum, exceeded.maximum());
    }
}
