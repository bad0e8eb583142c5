package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.BootId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The small files that say how far a directory goes, of any content under right checksums, as somebody may have made
 * them: whoever asks is answered or refused with a reason, soon, and without a crash of the JVM.
 */
class ForgedSealTest {
    private static final int MAX_BYTES = 8;

    /** Places of a long behind a seal, at one of which an extreme one is put: most say there what counts. */
    private static final int MAX_PLACES = 8;

    private static final long[] EXTREMES = {
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        -1,
        OperationDescriptor.MAX_SEQUENCE,
        OperationDescriptor.MAX_SEQUENCE + 1,
        0,
        1
    };

    @TempDir
    private Path temporary;

    private final Random random = new Random(TestSeed.of("ForgedSealTest"));
    private int answered;
    private int refused;

    /** Closed cleanly, killed, and with a recovery that was stopped: behind checkpoints that old log has gone for. */
    @BeforeEach
    void make() throws IOException {
        final Path closed = temporary.resolve("closed");
        final Path killed = temporary.resolve("killed");
        final Path stopped = temporary.resolve("stopped");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(closed)) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(closed).copyTo(killed);
        }
        new DamagedDirectory(killed).copyTo(stopped);
        final Path segment = lastSegment(stopped);
        FileDamage.flip(segment, FileDamage.usedLength(segment) * 2 / 3, 1);
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.equals(LossNote.file(stopped))) {
                    throw new IOException("Input/output error");
                }
            }
        };
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(
                        DamagedDirectory.context(stopped).fileAccess(files)));
    }

    private static Path lastSegment(final Path directory) throws IOException {
        return new DamagedDirectory(directory)
                .files().stream()
                        .filter(file -> file.endsWith(".seg"))
                        .map(directory::resolve)
                        .filter(file -> {
                            try {
                                return FileDamage.usedLength(file) > 1_000;
                            } catch (final IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .reduce((earlier, later) -> later)
                        .orElseThrow();
    }

    /** A kind of file that comes to have a seal is forged from then on: it is to be named here. */
    @Test
    void shouldForgeEachFileThatIsSealed() throws IOException {
        final TreeSet<String> names = new TreeSet<>();
        for (final String name : new String[] {"closed", "killed", "stopped"}) {
            sealed(temporary.resolve(name))
                    .forEach(file -> names.add(Path.of(file).getFileName().toString()));
        }
        assertEquals(
                new TreeSet<>(List.of("begin", "clean", "cut", "positions", "tollgate.header", "tollgate.losses")),
                names);
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldAnswerOrRefuseWhateverASealedFileSays() throws IOException {
        forge(10);
    }

    @Test
    @Tag("ci")
    @Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldAnswerOrRefuseWhateverManySealedFilesSay() throws IOException {
        forge(120);
        assertTrue(answered > 20 && refused > 20, "answered=" + answered + " refused=" + refused);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldAnswerOrRefuseWhateverThousandsOfSealedFilesSay() throws IOException {
        forge(5_000);
    }

    private void forge(final int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            final String[] names = {"closed", "killed", "stopped"};
            final String name = names[random.nextInt(names.length)];
            final Path forged = temporary.resolve("forged");
            new DamagedDirectory(temporary.resolve(name)).copyTo(forged);
            final List<String> files = sealed(forged);
            final String file = files.get(random.nextInt(files.size()));
            final Path path = forged.resolve(file);
            if (file.endsWith("positions") && random.nextBoolean()) {
                promise(path);
            } else {
                Files.write(path, forged(Files.readAllBytes(path)));
            }
            final String what = "round=" + i + " directory=" + name + " file=" + file + " "
                    + Arrays.toString(Files.readAllBytes(path));
            ask(what, () -> DirectoryCheck.of(forged));
            ask(what, () -> DirectoryInspection.of(forged).forEachSeries(found -> {}));
            ask(what, () -> DirectoryView.open(forged).close());
            ask(what, () -> work(forged));
            ask(what, () -> DirectoryRecovery.recover(DamagedDirectory.context(forged)));
            ask(what, () -> work(forged));
            DamagedDirectory.delete(forged);
        }
    }

    private void ask(final String what, final Runnable question) {
        try {
            question.run();
            answered++;
        } catch (final IllegalStateException | UncheckedIOException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), what);
            refused++;
        } catch (final RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
    }

    /** Reads what there is, and adds to it. */
    private static void work(final Path directory) {
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
            engine.find("damage.flow").ifPresent(series -> PointCount.of(engine, series));
            final FlowSeries another = engine.defineFlow(SeriesDefinition.flow("another", Unit.COUNT, 0));
            engine.awaitApplied(engine.publisher().offer(another, engine.now(), 1));
        }
    }

    /** The small files of a directory whose checksum is right. */
    private static List<String> sealed(final Path directory) throws IOException {
        return new DamagedDirectory(directory)
                .files().stream()
                        .filter(file -> !file.endsWith(".seg") && !file.endsWith(".map"))
                        .filter(file -> sealedLength(read(directory.resolve(file))) > 0)
                        .toList();
    }

    private static byte[] read(final Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the positions the beginning alone is sealed, of others all; 0 of a file that is not. */
    private static int sealedLength(final byte[] bytes) {
        for (final int length : new int[] {bytes.length, Math.min(bytes.length, 64)}) {
            if (length > Long.BYTES && FileSeal.isWhole(Arrays.copyOf(bytes, length), magic(bytes))) {
                return length;
            }
        }
        return 0;
    }

    private static long magic(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    /** Positions that somebody may have made: right check words, too. */
    private void promise(final Path positions) {
        final long identity = LogPositions.read(positions).orElseThrow().directoryId();
        LogPositions.create(new SystemFileAccess(), positions, BootId.current(), identity, 0, extreme())
                .close();
    }

    private long extreme() {
        return EXTREMES[random.nextInt(EXTREMES.length)];
    }

    /** Other bytes or an extreme number behind the seal, at times another version or length, and the checksum. */
    private byte[] forged(final byte[] whole) {
        final int sealedLength = sealedLength(whole);
        final boolean isPart = sealedLength < whole.length;
        final int length =
                isPart || random.nextInt(8) > 0 ? sealedLength : FileSeal.LENGTH + random.nextInt(2 * whole.length);
        final byte[] sealed = Arrays.copyOf(whole, length);
        final int placeCount = Math.min(MAX_PLACES, (length - FileSeal.LENGTH) / Long.BYTES);
        if (placeCount > 0 && random.nextBoolean()) {
            final int place = FileSeal.LENGTH + Long.BYTES * random.nextInt(placeCount);
            ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN).putLong(place, extreme());
        } else {
            putBytes(sealed);
        }
        final int version = random.nextInt(16) == 0 ? random.nextInt() : FileSeal.version(whole);
        FileSeal.seal(sealed, magic(whole), version);
        if (!isPart) {
            return sealed;
        }
        final byte[] forged = whole.clone();
        System.arraycopy(sealed, 0, forged, 0, sealedLength);
        return forged;
    }

    private void putBytes(final byte[] sealed) {
        for (int i = random.nextInt(MAX_BYTES); i >= 0 && sealed.length > FileSeal.LENGTH; i--) {
            final int at = FileSeal.LENGTH + random.nextInt(sealed.length - FileSeal.LENGTH);
            sealed[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) -1;
                case 2 -> Byte.MAX_VALUE;
                default -> (byte) (sealed[at] ^ 1 << random.nextInt(Byte.SIZE));
            };
        }
    }
}
