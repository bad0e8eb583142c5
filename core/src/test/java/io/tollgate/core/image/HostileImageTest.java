package io.tollgate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tollgate.api.Engine;
import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.EngineHealth;
import io.tollgate.api.group.Branch;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMember;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.group.Share;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchSet;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An image whose bytes somebody has changed is refused by name, or loaded as it says. It never ends in another error,
 * and never leaves a series that has another image than the one that was loaded.
 */
class HostileImageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_BYTES = 16 << 20;
    private static final int CHECKSUM = 4;
    private static final String KEY = "image.%06d";
    private static final long[] EXTREMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1, -1, 0, 1, 2, 1L << 32, Integer.MAX_VALUE
    };

    private final long seed = TestSeed.of("hostile image");
    private final Random random = new Random(seed);
    private final Engine engine = newEngine();
    private int loadedCount;
    private int keyCount;

    @AfterEach
    void close() {
        engine.close();
    }

    private static Engine newEngine() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).refusalHandler(refusal -> {}));
    }

    private byte[] image() {
        final ImageStream stream = new ImageStream(random, String.format(Locale.ROOT, KEY, keyCount++));
        Twin.define(engine, stream.definition());
        final List<Engine> only = List.of(engine);
        stream.offer(2 + random.nextInt(12), only);
        if (random.nextBoolean()) {
            stream.forget(only);
            stream.offer(random.nextInt(5), only);
        }
        if (random.nextBoolean()) {
            stream.close(engine, stream);
        }
        return engine.images().write(stream.find(engine));
    }

    @Test
    void shouldRefuseOrLoadAnyImage() {
        for (int i = 0; i < TestEffort.times(10); i++) {
            final byte[] image = image();
            try (Engine target = newEngine()) {
                for (int k = 0; k < 200; k++) {
                    require(target, changed(image), i + "." + k);
                }
            }
        }
        assertTrue(loadedCount < TestEffort.times(10) * 200, "all were loaded");
    }

    private void require(final Engine target, final byte[] changed, final String what) {
        final String where = "seed=" + seed + " image=" + what;
        try {
            final Series loaded = target.images().load(changed);
            loadedCount++;
            final ImageLife life = SeriesImageReader.read(changed).life();
            // A forged link to a series that is not there is left out.
            if (life.successor().isEmpty() && life.predecessor().isEmpty()) {
                assertArrayEquals(changed, target.images().write(loaded), where);
            }
        } catch (final IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith("image=series "), () -> where + ' ' + e);
        } catch (final UnsupportedVersionException e) {
            assertTrue(e.found() != e.expected(), where);
        } catch (final IllegalStateException e) {
            // A forged key may be that of a series that was loaded before.
            assertTrue(e.getMessage().startsWith("series="), () -> where + ' ' + e);
        } catch (final RuntimeException | Error e) {
            throw new AssertionError(where, e);
        }
        assertEquals(EngineHealth.State.RUNNING, target.health().state(), where);
    }

    /** Changes some bytes, most of the time with a checksum that is right and a key that no image had before. */
    private byte[] changed(final byte[] image) {
        final byte[] changed = random.nextInt(10) == 0 ? resized(image) : image.clone();
        rename(changed);
        final UnsafeBuffer buffer = new UnsafeBuffer(changed);
        final int length = changed.length - CHECKSUM;
        final int changes = random.nextInt(3);
        for (int i = 0; i < changes && length > Long.BYTES; i++) {
            switch (random.nextInt(4)) {
                case 0 -> changed[random.nextInt(length)] = (byte) random.nextInt();
                case 1 -> changed[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
                case 2 ->
                    buffer.putLong(random.nextInt(length - Long.BYTES), EXTREMES[random.nextInt(EXTREMES.length)]);
                default ->
                    buffer.putInt(
                            random.nextInt(length - Integer.BYTES), (int) EXTREMES[random.nextInt(EXTREMES.length)]);
            }
        }
        if (random.nextInt(10) > 0) {
            seal(changed);
        }
        return changed;
    }

    /** Puts another key of the same length. */
    private void rename(final byte[] image) {
        final byte[] key = String.format(Locale.ROOT, KEY, keyCount++).getBytes(StandardCharsets.US_ASCII);
        final int offset = SeriesImageDescriptor.TEXTS_OFFSET + Short.BYTES;
        if (image.length > offset + key.length && image[offset] == key[0]) {
            System.arraycopy(key, 0, image, offset, key.length);
        }
    }

    private byte[] resized(final byte[] image) {
        return Arrays.copyOf(image, random.nextInt(2 * image.length));
    }

    private static void seal(final byte[] image) {
        if (image.length > ImageFrame.FIELDS_OFFSET + CHECKSUM) {
            final UnsafeBuffer buffer = new UnsafeBuffer(image);
            buffer.putInt(ImageFrame.LENGTH_OFFSET, image.length);
            final CRC32C crc = new CRC32C();
            crc.update(image, 0, image.length - CHECKSUM);
            buffer.putInt(image.length - CHECKSUM, (int) crc.getValue());
        }
    }

    /** Each field of 8 bytes of small images, and each of its bytes, with values that are likely to do harm. */
    @Test
    void shouldRefuseOrLoadEachExtremeOfEachField() {
        final byte[] image = image();
        try (Engine target = newEngine()) {
            for (int offset = ImageFrame.FIELDS_OFFSET; offset + Long.BYTES <= image.length - CHECKSUM; offset++) {
                for (final long extreme : EXTREMES) {
                    final byte[] changed = image.clone();
                    rename(changed);
                    new UnsafeBuffer(changed).putLong(offset, extreme);
                    seal(changed);
                    require(target, changed, "offset " + offset + " value " + extreme);
                }
            }
        }
    }

    @Test
    void shouldRefuseEachFlippedBitAndEachShorterImage() {
        final byte[] image = image();
        for (int bit = 0; bit < image.length * 8; bit++) {
            final byte[] changed = image.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(changed);
        }
        for (int length = 0; length < image.length; length++) {
            assertRefused(Arrays.copyOf(image, length));
        }
    }

    private static void assertRefused(final byte[] image) {
        final RuntimeException refused = assertThrows(RuntimeException.class, () -> SeriesImageReader.read(image));
        assertTrue(
                refused instanceof IllegalArgumentException || refused instanceof UnsupportedVersionException,
                refused::toString);
        assertTrue(refused.getMessage().startsWith("image=series "), refused::toString);
    }

    /** A forged length or count takes no more memory than the bytes that are there. */
    @ParameterizedTest
    @ValueSource(ints = {ImageFrame.MAX_LENGTH, ImageFrame.MAX_LENGTH - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0})
    void shouldNotBelieveALength(final int length) {
        final byte[] image = image();
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        new UnsafeBuffer(image).putInt(ImageFrame.LENGTH_OFFSET, length);
        assertRefused(image);
        assertThrows(IllegalArgumentException.class, () -> SeriesImageReader.read(new ByteArrayInputStream(image)));
        for (final int offset :
                new int[] {SeriesImageDescriptor.VERSION_COUNT_OFFSET, SeriesImageDescriptor.WINDOW_COUNT_OFFSET}) {
            final byte[] counted = image();
            new UnsafeBuffer(counted).putInt(offset, length);
            seal(counted);
            if (length != 0) {
                assertRefused(counted);
            }
        }
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_BYTES, () -> "bytes=" + allocated);
    }

    @Test
    void shouldRefuseAnotherVersionByItsNumber() {
        final byte[] image = image();
        new UnsafeBuffer(image).putShort(ImageFrame.VERSION_OFFSET, (short) 2);
        seal(image);
        final UnsupportedVersionException refused =
                assertThrows(UnsupportedVersionException.class, () -> SeriesImageReader.read(image));
        assertEquals(2, refused.found());
        assertEquals(
                "image=series version=2, expected version=1; read it with the version of Tollgate that wrote it",
                refused.getMessage());
    }

    @Test
    void shouldRefuseOrLoadAnyImageOfAnEngine() {
        for (int i = 0; i < 3; i++) {
            image();
        }
        engine.series().register(WindowRegistration.of("image.*").withWindows(Window.last(3), Window.last(4)));
        engine.series().register(WindowRegistration.of("*").withShapes());
        register(engine.defineStep(SeriesDefinition.step("z.empty", Unit.PERCENT, 0)));
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        final byte[] image = out.toByteArray();
        final int headerLength = new UnsafeBuffer(image).getInt(ImageFrame.LENGTH_OFFSET);
        for (int i = 0; i < TestEffort.times(25); i++) {
            final byte[] original = Arrays.copyOf(image, headerLength);
            final byte[] header = changed(original);
            final byte[] rest = Arrays.copyOfRange(image, headerLength, image.length);
            final byte[] body = random.nextBoolean() ? rest : Arrays.copyOf(rest, random.nextInt(rest.length));
            if (random.nextInt(3) == 0 && body.length > 0) {
                body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try (Engine target = newEngine()) {
                loadAll(target, join(header, body), Arrays.equals(header, original), i);
            }
        }
    }

    /** Registers all that the header of an image has. */
    private void register(final StepSeries series) {
        final Concordance codes = Concordance.of(
                Recoding.of(5, "a", new Recoding.Part("b", Share.of(1, 3)), new Recoding.Part("c", Share.of(2, 3))));
        final LevelPattern levels = new LevelPattern("z.*", Unit.PERCENT, 0);
        final Group group = new Group(
                List.of(GroupMember.of(series, series).withMembership(series).withCode("123")),
                List.of(MemberPattern.of(levels, levels).withConcordance(codes)),
                MissingPolicy.AS_ZERO,
                OptionalLong.of(3));
        engine.series().register(group);
        engine.series()
                .register(Hierarchy.byPrefix(group, 1, 2).withBranches(Branch.of("1", "x"), Branch.of("x", "y")));
        final Window window = Window.slidingNs(20);
        final Subscription subscription = Subscription.of("s", "z.*")
                .withMetrics(WatchedMetric.of(window, BasicMetric.MEAN))
                .withWatches(
                        Watch.above(WatchedMetric.of(window, BasicMetric.COUNT), 0)
                                .withFor(Duration.ofNanos(2)),
                        Watch.below(WatchedMetric.of(window, BasicMetric.COUNT), 1))
                .withEvery(Duration.ofSeconds(1));
        engine.updates().subscribe(subscription, QueueOptions.DEFAULT).close();
        final WatchSet watches = WatchSet.of("w", Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 5));
        engine.updates().subscribe(watches, QueueOptions.DEFAULT).close();
        KnownPoint.apply(engine, series, 3, 7, Instants.MAX);
        engine.advanceTo(Math.max(engine.now(), 10));
        engine.step();
    }

    /** Most fields of the header with values that are likely to do harm, and points after the load. */
    @Test
    void shouldRefuseOrLoadExtremesOfTheFieldsOfAHeader() {
        final StepSeries series = engine.defineStep(SeriesDefinition.step("z.empty", Unit.PERCENT, 0));
        register(series);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        engine.images().writeAll(out);
        final byte[] image = out.toByteArray();
        final int length = new UnsafeBuffer(image).getInt(ImageFrame.LENGTH_OFFSET);
        final byte[] rest = Arrays.copyOfRange(image, length, image.length);
        final int most = 8 / TestEffort.times(1) + 1;
        int offset = ImageFrame.FIELDS_OFFSET;
        while (offset + Long.BYTES <= length - CHECKSUM) {
            final byte[] header = Arrays.copyOf(image, length);
            final long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
            // In both orders of bytes.
            new UnsafeBuffer(header).putLong(offset, random.nextBoolean() ? extreme : Long.reverseBytes(extreme));
            seal(header);
            try (Engine target = newEngine()) {
                loadAll(target, join(header, rest), Arrays.equals(header, Arrays.copyOf(image, length)), offset);
                target.series()
                        .find("z.empty")
                        .ifPresent(found -> KnownPoint.apply(target, (StepSeries) found, 9, 8, Instants.MAX));
                assertEquals(EngineHealth.State.RUNNING, target.health().state(), "seed=" + seed);
            }
            offset += 1 + random.nextInt(most);
        }
    }

    private void loadAll(final Engine target, final byte[] image, final boolean isHeaderSame, final int number) {
        final String where = "seed=" + seed + " number=" + number;
        final InputStream in = new ByteArrayInputStream(image);
        try {
            target.images().loadAll(in);
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            target.images().writeAll(out);
            final byte[] read = Arrays.copyOf(image, image.length - in.readAllBytes().length);
            // Other registrations give the series other windows.
            assertTrue(!isHeaderSame || Arrays.equals(read, out.toByteArray()), where);
        } catch (final IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith("image="), () -> where + ' ' + e);
        } catch (final IllegalStateException e) {
            assertTrue(
                    e.getMessage()
                            .matches("(image=engine|image=.* version=|clockMode=|pattern=|series=|subscription=)"
                                    + "[\\s\\S]*"),
                    () -> where + ' ' + e);
        } catch (final IOException | RuntimeException | Error e) {
            throw new AssertionError(where, e);
        }
        assertEquals(EngineHealth.State.RUNNING, target.health().state(), where);
    }

    private static byte[] join(final byte[] first, final byte[] second) {
        final byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
