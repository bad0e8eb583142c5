package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Unit;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.core.operation.RefusalOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was refused for want of a knowledge time, and, between two levels, by a store that was full, in a directory that
 * a kill has left. {@link #main} made it; as no store is ever full there, the second was logged without one.
 */
class GoldenRefusalsTest {
    private static final GoldenArchive GOLDEN = new GoldenArchive("refusals-5");
    private static final SeriesDefinition LEVEL = SeriesDefinition.step("level", Unit.PERCENT, 0);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhyEachWasRefused(final boolean isRecovered) throws IOException {
        final Path directory = temporary.resolve("data");
        GOLDEN.unpack(directory);
        if (isRecovered) {
            DirectoryRecovery.recover(context(directory));
        }
        requireAnswers(directory);
    }

    @Test
    void shouldKeepItOfAnEngineThatIsFilledToday() throws IOException {
        final Path directory = temporary.resolve("data");
        fill(directory);
        requireAnswers(directory);
    }

    private static void requireAnswers(final Path directory) throws IOException {
        try (Engine engine = TollgateEngine.launch(context(directory))) {
            final List<String> refused = new ArrayList<>();
            engine.audit()
                    .readRefusals(refusal -> refused.add(refusal.reason() + ";"
                            + engine.find(refusal.seriesNumber()).orElseThrow().key() + ";" + refusal.validTimeNs()
                            + ";" + refusal.value() + ";"
                            + (refusal.knowledgeTimeNs() == Publisher.NONE ? "none" : refusal.knowledgeTimeNs())));
            assertEquals(GOLDEN.answers().lines().toList(), refused);
            assertTrue(engine.audit().hasAllRefusals());
            assertEquals(2, PointCount.of(engine, "level"));
            assertEquals(300, engine.now());
        }
    }

    private static EngineContext context(final Path directory) {
        return new EngineContext()
                .directory(directory)
                .clockMode(ClockMode.KNOWLEDGE)
                .logSegmentLength(1 << 16)
                .stepped(true)
                .refusalHandler((reason, series, time, value, known, reference) -> {});
    }

    private static void fill(final Path directory) throws IOException {
        try (HeldEngine killed = new HeldEngine(context(directory))) {
            final StepSeries level = (StepSeries) killed.define(LEVEL);
            killed.publisher().offer(level, 10, 1, 100, Publisher.NONE);
            killed.publisher().offer(level, 20, 2);
            killed.work();
            final EngineShard shard = killed.worker().shard();
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[PointOperation.LENGTH + RefusalOperation.LENGTH]);
            final PointOperation refused = new PointOperation()
                    .encode(
                            buffer,
                            0,
                            OperationDescriptor.POINT,
                            OperationDescriptor.NO_BATCH,
                            level.number(),
                            25,
                            3,
                            200,
                            Publisher.NONE);
            new RefusalOperation().encode(buffer, PointOperation.LENGTH, RefusalReason.STORE_FULL.code(), refused);
            shard.log().orElseThrow().append(buffer, PointOperation.LENGTH, RefusalOperation.LENGTH, 1);
        }
        try (HeldEngine killed = new HeldEngine(context(directory))) {
            killed.publisher().offer((StepSeries) killed.define(LEVEL), 30, 4, 300, Publisher.NONE);
            killed.work();
        }
    }

    /** Made the archive: into the first argument, where the answers are. */
    public static void main(final String[] args) throws IOException {
        final Path made = Files.createTempDirectory("golden").resolve("data");
        fill(made);
        GOLDEN.make(Path.of(args[0]), made);
    }
}
