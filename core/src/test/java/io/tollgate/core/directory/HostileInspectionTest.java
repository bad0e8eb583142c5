package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.report.SeriesSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory with random bytes in its files, including unchecked ones. The inspection reports the readable parts or
 * the defect, soon.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInspectionTest {
    private static final int MAX_BYTES = 40;
    private static final String[] UNCHECKED = {"counters", "engine.lock"};

    @TempDir
    private Path temporary;

    private Path directory;
    private Random random;
    private int recorded;
    private int refused;

    @BeforeEach
    void make() {
        random = new Random(TestSeed.of("HostileInspectionTest"));
        directory = temporary.resolve("data");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(directory)) {
            assertTrue(engine.now() > 0);
        }
    }

    @Test
    void shouldReportAnyBytes() throws IOException {
        look(30);
    }

    @Test
    @Tag("ci")
    void shouldReportAnyBytesManyTimes() throws IOException {
        look(250);
    }

    private void look(final int rounds) throws IOException {
        final List<String> files = new DamagedDirectory(directory).files();
        for (int i = 0; i < rounds; i++) {
            final String name = random.nextInt(4) == 0
                    ? UNCHECKED[random.nextInt(UNCHECKED.length)]
                    : files.get(random.nextInt(files.size()));
            final Path file = directory.resolve(name);
            final byte[] whole = Files.readAllBytes(file);
            Files.write(file, changed(whole));
            try {
                ask();
                recorded++;
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().contains(directory.toString()), e::toString);
                refused++;
            } catch (final RuntimeException e) {
                throw new AssertionError("round=" + i + " file=" + name, e);
            }
            Files.write(file, whole);
        }
        assertTrue(recorded > rounds / 10, "recorded=" + recorded + " refused=" + refused);
        assertEquals(4, ask().size(), "restored");
    }

    /** Makes each query. */
    private List<SeriesSummary> ask() {
        final DirectoryInspection inspection = DirectoryInspection.of(directory);
        final List<SeriesSummary> found = new ArrayList<>();
        try (DirectoryView view = DirectoryView.open(directory)) {
            view.forEachSummary(found::add);
            for (final long number : new long[] {-1, 0, 1, random.nextLong(), Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertTrue(view.find(number).stream()
                        .noneMatch(series -> series.key().isEmpty()));
            }
        }
        assertTrue(inspection.state() != null && inspection.owner() != null && inspection.now() != null);
        assertTrue(inspection.counters() != null && inspection.errors() != null && inspection.log() != null);
        return found;
    }

    /** Changes bytes near used ones, or random bytes, or truncates. */
    private byte[] changed(final byte[] whole) {
        final byte[] changed = random.nextInt(10) == 0
                ? Arrays.copyOf(whole, random.nextInt(whole.length + 1) + random.nextInt(9))
                : whole.clone();
        final int[] used =
                IntStream.range(0, whole.length).filter(i -> whole[i] != 0).toArray();
        for (int i = random.nextInt(MAX_BYTES); i >= 0 && changed.length > 0; i--) {
            final int at = used.length == 0 || random.nextInt(4) == 0
                    ? random.nextInt(changed.length)
                    : Math.min(changed.length - 1, used[random.nextInt(used.length)] + random.nextInt(Long.BYTES));
            changed[at] = (byte) random.nextInt();
        }
        return changed;
    }
}
