package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.HeldEngine;
import io.tollgate.core.TestReader;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.ingest.RingPublisher;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ring messages that no publisher writes. The engine takes or refuses a message that can be a point. Any other message
 * ends the engine, which names it. No message ends the JVM, causes a read outside the ring, or blocks the engine. All
 * operations acknowledged before survive the next opening.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRingTest {
    private static final long[] EXTREMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 1L << 32, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };
    private static final int[] MESSAGE_TYPES = {0, -2, 3, 4, 1 << 20, Integer.MIN_VALUE, Integer.MAX_VALUE};
    private static final int[] SLOTS = {-1, 0, 1, 2, 63, 64, 1 << 20, Integer.MIN_VALUE, Integer.MAX_VALUE};
    private static final int SERIES = 8;
    private static final int MOST_MESSAGES = 20;

    @TempDir
    private Path temporary;

    private Random random;
    private long known;
    private int takenCount;
    private int failedCount;

    @Test
    void shouldTakeRefuseOrNameAnyMessageOnARing() throws IOException {
        run(20);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTakeRefuseOrNameManyMessagesOnARing() throws IOException {
        run(1_000);
    }

    private void run(final int rounds) throws IOException {
        final long seed = TestSeed.of("HostileRingTest");
        final Path data = temporary.resolve("data");
        // A few rounds may contain too few of either kind.
        for (int i = 0; i < rounds || !isEnough(rounds) && i < 3 * rounds; i++) {
            random = new Random(31 * seed + i);
            known = 0;
            run(data, "seed=" + seed + " round=" + i);
            FileTree.delete(new SystemFileAccess(), data);
        }
        assertTrue(isEnough(rounds), "taken=" + takenCount + " ended=" + failedCount);
    }

    private boolean isEnough(final int rounds) {
        return takenCount > rounds / 16 && failedCount > rounds / 2;
    }

    /** Puts messages on the ring up to the first that ends the engine, and opens the engine again. */
    private void run(final Path data, final String round) {
        final ClockMode mode = random.nextBoolean() ? ClockMode.KNOWLEDGE : ClockMode.EVENT;
        List<String> acknowledged = List.of();
        try (HeldEngine engine = new HeldEngine(context(data, mode))) {
            final List<Series> series = series(engine::define);
            boolean isOpen = true;
            for (int i = 0; isOpen && i < MOST_MESSAGES; i++) {
                offer(engine.publisher(), series);
                assertEquals("", engine.work(), round);
                acknowledged = answers(new TestReader(engine.newReader()), series);
                final String what = round + " message=" + i;
                final String named = forge(engine, series);
                final String failure = engine.work();
                isOpen = named.isEmpty();
                if (isOpen) {
                    assertEquals("", failure, what);
                    acknowledged = answers(new TestReader(engine.newReader()), series);
                    takenCount++;
                } else {
                    assertTrue(failure.contains(named), what + " named=" + named + " failure=" + failure);
                    failedCount++;
                }
            }
        }
        try (HeldEngine again = new HeldEngine(context(data, mode))) {
            final List<String> answers = answers(new TestReader(again.newReader()), series(again::define));
            for (int i = 0; i < answers.size(); i++) {
                assertEquals(acknowledged.get(i), answers.get(i), round);
            }
        }
    }

    private static EngineContext context(final Path data, final ClockMode mode) {
        return Lanes.stepped(data).clockMode(mode);
    }

    private static List<Series> series(final Function<SeriesDefinition, Series> found) {
        return IntStream.range(0, SERIES)
                .mapToObj(number -> found.apply(definition(number)))
                .toList();
    }

    private static SeriesDefinition definition(final int number) {
        return switch (number % 4) {
            case 0 -> SeriesDefinition.step("level." + number, Unit.COUNT, 0).withWindows(Window.slidingNs(10));
            case 1 -> SeriesDefinition.step("first." + number, Unit.COUNT, 9).withDuplicates(DuplicatePolicy.REJECT);
            case 2 -> SeriesDefinition.flow("events." + number, Unit.COUNT, 0).withWindows(Window.last(3));
            default -> SeriesDefinition.flow("sums." + number, Unit.COUNT, 0).withDuplicates(DuplicatePolicy.SUM);
        };
    }

    /** Offers a level of each series, and a batch of all. */
    private void offer(final Publisher publisher, final List<Series> series) {
        final Batch batch = publisher.newBatch();
        assertEquals(0, batch.begin());
        for (final Series one : series) {
            known++;
            if (one instanceof StepSeries step) {
                assertTrue(KnownPoint.offer(publisher, step, known, random.nextInt(100), known) > 0);
                KnownPoint.offer(batch, step, -known, random.nextInt(100), known);
            } else {
                KnownPoint.offer(batch, (FlowSeries) one, known, random.nextInt(100), known, known);
            }
        }
        assertTrue(batch.commit() > 0);
    }

    /**
     * Puts a message on the ring. Returns the text that the error must contain, empty if the message can be a point.
     */
    private String forge(final HeldEngine engine, final List<Series> series) {
        return switch (random.nextInt(6)) {
            case 0 -> forgeMessage(engine.ring());
            case 1 -> forgeBatch(engine, series);
            default -> forgePoint(engine, series);
        };
    }

    /** A message of random bytes, of another type or length, or of a batch that was not committed. */
    private String forgeMessage(final ManyToOneRingBuffer ring) {
        final boolean isBatch = random.nextBoolean();
        final int kind = isBatch ? RingPublisher.BATCH_MESSAGE : RingPublisher.OPERATION_MESSAGE;
        final int type = random.nextBoolean() ? kind : MESSAGE_TYPES[random.nextInt(MESSAGE_TYPES.length)];
        final int right = isBatch ? Integer.BYTES : PointOperation.LENGTH;
        final int length = random.nextBoolean() ? right : random.nextInt(ring.maxMsgLength() + 1);
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        final UnsafeBuffer message = new UnsafeBuffer(bytes);
        if (isBatch && length >= Integer.BYTES) {
            message.putInt(0, SLOTS[random.nextInt(SLOTS.length)]);
        }
        put(ring, type, message);
        if (type == RingPublisher.BATCH_MESSAGE && length == Integer.BYTES) {
            return "batchSlot=" + message.getInt(0) + " ";
        }
        return type == RingPublisher.OPERATION_MESSAGE && length == PointOperation.LENGTH
                ? "seriesNumber=" + message.getLong(PointOperation.SERIES_NUMBER_OFFSET) + " "
                : "messageType=" + type + " length=" + length + ",";
    }

    /** A batch message ahead of the one that the commit writes. */
    private String forgeBatch(final HeldEngine engine, final List<Series> series) {
        put(engine.ring(), RingPublisher.BATCH_MESSAGE, new UnsafeBuffer(new byte[Integer.BYTES]));
        final Batch batch = engine.publisher().newBatch();
        assertEquals(0, batch.begin());
        for (final Series one : series) {
            if (one instanceof FlowSeries flow) {
                KnownPoint.offer(batch, flow, known, 1, known, known);
            }
        }
        assertTrue(batch.commit() > 0);
        return "batchSlot=0 ";
    }

    /** A point or a withdrawal with some random fields. */
    private String forgePoint(final HeldEngine engine, final List<Series> series) {
        final int hostile = random.nextInt(9);
        final int type = hostile == 0 ? random.nextInt(256) : anyPoint();
        final List<Long> own = series.stream().map(Series::number).toList();
        final long number = hostile == 1 ? anyNumber() : own.get(random.nextInt(own.size()));
        final long extreme = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
        final long time = hostile == 2 ? extreme : random.nextBoolean() ? any() : random.nextInt(100);
        final boolean isUnknown = (hostile == 3) != (type == OperationDescriptor.UNKNOWN);
        final long value = isUnknown ? Decimals.UNKNOWN : any();
        final long knownAt = hostile == 4 ? Long.MAX_VALUE : hostile == 5 ? any() : known;
        final UnsafeBuffer record = new UnsafeBuffer(new byte[PointOperation.LENGTH]);
        PointOperation.put(record, 0, type, random.nextInt(), number, time, value, knownAt, any());
        if (random.nextBoolean()) {
            record.putByte(OperationDescriptor.FLAGS_OFFSET, (byte) random.nextInt(4));
            record.putShort(OperationDescriptor.LENGTH_OFFSET, (short) random.nextInt());
        }
        put(engine.ring(), RingPublisher.OPERATION_MESSAGE, record);
        if (!own.contains(number)) {
            return "seriesNumber=" + number + " ";
        }
        final boolean isStep = series.stream().anyMatch(one -> one.number() == number && one instanceof StepSeries);
        return impossible(type, isStep, time, value, knownAt);
    }

    /** Returns the series and point to name in the refusal, empty if a publisher could have written the record. */
    private static String impossible(
            final int type, final boolean isStep, final long time, final long value, final long knownAt) {
        if (!OperationDescriptor.isPoint(type) || type == OperationDescriptor.UNKNOWN && !isStep) {
            return "operationType=" + OperationDescriptor.name(type) + " ";
        }
        if (type != OperationDescriptor.WITHDRAW
                && (type == OperationDescriptor.UNKNOWN) != (value == Decimals.UNKNOWN)) {
            return " value=" + value + " ";
        }
        if (time < Instants.MIN || time > Instants.MAX) {
            return "validTime=" + time + " ";
        }
        return knownAt > Instants.MAX ? "knowledgeTime=" + knownAt + "," : "";
    }

    private int anyPoint() {
        return switch (random.nextInt(3)) {
            case 0 -> OperationDescriptor.UNKNOWN;
            case 1 -> OperationDescriptor.WITHDRAW;
            default -> OperationDescriptor.POINT;
        };
    }

    /** Returns the number of an existing or a missing series. */
    private long anyNumber() {
        return random.nextBoolean() ? any() : random.nextInt(4 * SERIES);
    }

    private long any() {
        return switch (random.nextInt(3)) {
            case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 1 -> random.nextLong();
            default -> random.nextInt(100);
        };
    }

    private static void put(final ManyToOneRingBuffer ring, final int type, final UnsafeBuffer message) {
        final int index = ring.tryClaim(RingPublisher.OPERATION_MESSAGE, message.capacity());
        assertTrue(index > 0, "the ring is full");
        ring.buffer().putInt(RecordDescriptor.typeOffset(index - RecordDescriptor.HEADER_LENGTH), type);
        ring.buffer().putBytes(index, message, 0, message.capacity());
        ring.commit(index);
    }

    private static List<String> answers(final TestReader reader, final List<Series> series) {
        final AnswerText text = new AnswerText(reader);
        final List<String> answers = new ArrayList<>();
        for (final Series one : series) {
            for (final long at : new long[] {0, 50, Instants.MAX}) {
                answers.add(one.key() + " " + at + " " + text.of(one, Window.slidingNs(1L << 62), at, Instants.MAX));
            }
        }
        return answers;
    }
}
