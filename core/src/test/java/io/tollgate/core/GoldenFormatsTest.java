package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.ClockMode;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.RefusalReason;
import io.tollgate.api.SeriesKind;
import io.tollgate.core.log.SegmentRecords;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PanelOperation;
import io.tollgate.core.operation.RefusalOperation;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.operation.WindowDefinitionOperation;
import io.tollgate.core.operation.WindowRegistrationOperation;
import io.tollgate.core.store.WindowCodes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in files stands in a golden directory, too: what comes to be written, in a new file, version, record
 * or code, is to be kept in one before it lands.
 */
class GoldenFormatsTest {
    private static final int MOST_RECORD = 1 << 10;

    @TempDir
    private Path temporary;

    /** Gives each file of the golden directories that tells its version, or is a part of a log. */
    private static void forEachFile(final FileConsumer consumer) throws IOException {
        try (Stream<Path> archives =
                Files.list(Path.of(GoldenArchive.class.getResource("/golden").toURI()))) {
            for (final Path archive : archives.filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .toList()) {
                try (ZipFile zip = new ZipFile(archive.toFile())) {
                    for (final ZipEntry entry : Collections.list(zip.entries())) {
                        // A map has its version in the header of its store.
                        final byte[] bytes = entry.getName().endsWith(".map")
                                ? new byte[0]
                                : zip.getInputStream(entry).readAllBytes();
                        consumer.accept(entry.getName(), bytes);
                    }
                }
            }
        } catch (final URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** A file of a data directory. */
    private interface FileConsumer {
        void accept(String name, byte[] bytes);
    }

    /** What kind of file it is, in whose directory, and of which version. */
    private static String format(final String name, final byte[] bytes) {
        final String kind = name.replaceAll("-[0-9a-f]+", "-N").replaceAll("^shard-N", "shard");
        final boolean isOfNoVersion =
                bytes.length < Long.BYTES + Integer.BYTES || kind.endsWith("/open") || kind.endsWith("engine.lock");
        if (isOfNoVersion || ByteBuffer.wrap(bytes).getLong() == 0 && kind.endsWith(".seg")) {
            return kind;
        }
        final ByteOrder order = kind.endsWith("/subscriptions") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return kind + " version=" + ByteBuffer.wrap(bytes).order(order).getInt(Long.BYTES);
    }

    private static Set<String> goldenFormats() throws IOException {
        final Set<String> formats = new TreeSet<>();
        forEachFile((name, bytes) -> formats.add(format(name, bytes)));
        return formats;
    }

    @Test
    void shouldHoldEachFileThatIsWrittenToday() throws IOException {
        final Path closed = temporary.resolve("closed");
        final Path killed = temporary.resolve("killed");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(closed)) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(closed).copyTo(killed);
        }
        final Set<String> written = new TreeSet<>();
        for (final Path directory : List.of(closed, killed)) {
            written.addAll(formats(directory));
        }
        // The lock holds nothing that anybody reads later.
        written.remove("engine.lock");
        final Set<String> golden = goldenFormats();
        assertEquals(Set.of(), without(written, golden));
        assertTrue(golden.containsAll(List.of(
                "tollgate.losses version=1",
                "shard/log.new/begin version=4",
                "shard/damaged-N/log-N.seg version=1",
                "shard/log/log-N.seg",
                "shard/subscriptions version=2",
                "shard/header version=1",
                "shard/header version=2",
                "shard/header version=3",
                "shard/header version=4",
                "shard/clean version=1",
                "shard/clean version=2",
                "shard/log/begin version=1",
                "shard/log/begin version=3",
                "shard/log/begin version=4")));
    }

    private static Set<String> formats(final Path directory) throws IOException {
        final Set<String> formats = new TreeSet<>();
        for (final String file : new DamagedDirectory(directory).files()) {
            final Path path = directory.resolve(file);
            formats.add(format(file, file.endsWith(".map") ? new byte[0] : Files.readAllBytes(path)));
        }
        return formats;
    }

    private static Set<String> without(final Set<String> all, final Set<String> some) {
        final Set<String> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Test
    void shouldHoldEachRecordAndCodeThatIsLogged() throws IOException {
        final Set<String> found = new TreeSet<>();
        forEachFile((name, bytes) -> {
            if (name.endsWith(".seg")) {
                SegmentRecords.forEach(bytes, (buffer, offset, length, sequence) -> add(buffer, offset, found));
            }
        });
        assertEquals(Set.of(), without(expected(), found));
    }

    private static Set<String> expected() {
        final Set<String> expected = new TreeSet<>();
        for (int type = 1; OperationDescriptor.isKnown(type); type++) {
            final int known = type;
            if (IntStream.rangeClosed(1, MOST_RECORD)
                    .anyMatch(length -> OperationDescriptor.isWritten(known, length))) {
                expected.add(OperationDescriptor.name(type));
            }
        }
        for (final int type : new int[] {
            OperationDescriptor.POINT,
            OperationDescriptor.UNKNOWN,
            OperationDescriptor.WITHDRAW,
            OperationDescriptor.END_SERIES
        }) {
            expected.add(OperationDescriptor.name(type) + " stamped");
        }
        List.of(WatchOperation.BEGIN, WatchOperation.END).forEach(action -> expected.add("WATCH action=" + action));
        List.of(PanelOperation.BEGIN, PanelOperation.STATE, PanelOperation.END)
                .forEach(action -> expected.add("PANEL action=" + action));
        Arrays.stream(ClockMode.values()).forEach(mode -> expected.add("CLOCK mode=" + mode.code()));
        expected.add("CLOCK of a batch");
        Arrays.stream(SeriesKind.values()).forEach(kind -> expected.add("DEFINE_SERIES kind=" + kind.code()));
        Arrays.stream(DuplicatePolicy.values())
                .forEach(policy -> expected.add("DEFINE_SERIES duplicates=" + policy.code()));
        // Of the disk none is logged.
        EnumSet.complementOf(EnumSet.of(RefusalReason.DISK_FULL))
                .forEach(reason -> expected.add("REFUSAL reason=" + reason.code()));
        Arrays.stream(GoldenDefinitions.WINDOWS).forEach(window -> {
            final String codes = WindowCodes.type(window) + "." + WindowCodes.closed(window);
            expected.add("DEFINE_WINDOW " + codes);
            expected.add("REGISTER_WINDOWS " + codes);
        });
        return expected;
    }

    private static void add(final MutableDirectBuffer buffer, final int offset, final Set<String> found) {
        final int type = OperationDescriptor.type(buffer, offset);
        final String name = OperationDescriptor.name(type);
        found.add(name);
        switch (type) {
            case OperationDescriptor.WATCH ->
                found.add(name + " action="
                        + new WatchOperation().wrap(buffer, offset).action());
            case OperationDescriptor.PANEL ->
                found.add(name + " action="
                        + new PanelOperation().wrap(buffer, offset).action());
            case OperationDescriptor.CLOCK -> {
                found.add(name + " mode="
                        + new ClockOperation().wrap(buffer, offset).modeCode());
                if (OperationDescriptor.batchId(buffer, offset) != OperationDescriptor.NO_BATCH) {
                    found.add(name + " of a batch");
                }
            }
            case OperationDescriptor.REFUSAL ->
                found.add(name + " reason=" + buffer.getInt(offset + RefusalOperation.REASON_OFFSET));
            case OperationDescriptor.DEFINE_SERIES -> {
                final SeriesDefinitionOperation definition = new SeriesDefinitionOperation().wrap(buffer, offset);
                found.add(name + " kind=" + definition.kind());
                found.add(name + " duplicates=" + definition.duplicatePolicy());
            }
            case OperationDescriptor.DEFINE_WINDOW -> {
                final WindowDefinitionOperation window = new WindowDefinitionOperation().wrap(buffer, offset);
                found.add(name + " " + window.windowType() + "." + window.closed());
            }
            case OperationDescriptor.REGISTER_WINDOWS -> {
                final WindowRegistrationOperation all = new WindowRegistrationOperation().wrap(buffer, offset);
                for (int i = 0; i < all.windowCount(); i++) {
                    found.add(name + " " + all.windowType(i) + "." + all.windowClosed(i));
                }
            }
            default -> {
                if (buffer.getByte(offset + OperationDescriptor.FLAGS_OFFSET) == OperationDescriptor.STAMPED) {
                    found.add(name + " stamped");
                }
            }
        }
    }
}
