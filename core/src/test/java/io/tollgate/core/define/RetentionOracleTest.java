package io.tollgate.core.define;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two series get the same points, and the history of one is forgotten again and again. As known at its horizon or later
 * it gives the same answers bit for bit, and before the horizon none. The same holds after a reopening and after a
 * rebuild.
 */
class RetentionOracleTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;
    private static final int SPREAD_NS = 1_000_000;
    private static final Window WHOLE = Window.slidingNs(4L * SPREAD_NS);
    private static final Window[] WINDOWS = {
        Window.slidingNs(1_000), Window.slidingNs(77_777), WHOLE, Window.last(7), Window.last(500), Window.since(0)
    };

    @TempDir
    private Path directory;

    private final long seed = TestSeed.of("retention");
    private final Random random = new Random(seed);

    /** A listed version. Its end is Instants.NONE while it is effective. */
    private record Version(long time, long reference, long value, long known, long end, boolean isWithdrawn) {}

    @ParameterizedTest
    @CsvSource({
        "STEP, REVISE, 60",
        "FLOW, ALL, 60",
        "FLOW, SUM, 60",
        "FLOW, ALL, 3000",
        "FLOW, REVISE, 3000",
        "STEP, REVISE, 12000",
        "FLOW, SUM, 12000"
    })
    void shouldAnswerFromTheHorizonOnAsIfNothingWasForgotten(
            final SeriesKind kind, final DuplicatePolicy policy, final int count) {
        final long horizon;
        try (Engine engine = launch()) {
            final Series all = Twin.define(engine, definition(kind, "all.history", policy));
            final Series cut = Twin.define(engine, definition(kind, "cut.history", policy));
            horizon = feed(engine, all, cut, count);
            compare(engine, all, cut, horizon);
        }
        for (int opening = 0; opening < 2; opening++) {
            if (opening == 1) {
                new DirectoryFiles(directory).markNotClosed();
            }
            try (Engine engine = launch()) {
                final Series all = engine.series().find("all.history").orElseThrow();
                compare(engine, all, engine.series().find("cut.history").orElseThrow(), horizon);
            }
        }
    }

    /** Offers the same points to both series and sometimes forgets history of one. Returns its expected horizon. */
    private long feed(final Engine engine, final Series all, final Series cut, final int count) {
        final boolean isNamed = all.definition().policies().duplicates() == DuplicatePolicy.ALL;
        final List<long[]> recorded = new ArrayList<>();
        long horizon = Instants.NONE;
        long known = -count;
        for (int i = 0; i < count; i++) {
            known += random.nextInt(3);
            final long[] before = i > 0 && random.nextInt(100) < 60 ? recorded.get(random.nextInt(i)) : null;
            final long time = before != null ? before[0] : random.nextInt(SPREAD_NS);
            final long reference = isNamed ? (before != null ? before[1] : random.nextInt(4)) : Publisher.NO_REFERENCE;
            recorded.add(new long[] {time, reference});
            final boolean isWithdrawal = before != null && random.nextInt(4) == 0;
            final long value = random.nextInt(200);
            long ticket = 0;
            for (final Series series : List.of(all, cut)) {
                ticket = isWithdrawal
                        ? Twin.withdraw(engine, series, time, known, reference)
                        : Twin.offer(engine, series, time, value, known, reference);
            }
            engine.awaitApplied(ticket);
            if (random.nextInt(count / 7) == 0) {
                horizon = forget(engine, all, horizon);
                // No later version ends at the horizon, so the ends show which versions were forgotten.
                known++;
            }
        }
        return forget(engine, all, horizon);
    }

    /** Forgets history in a random way. Returns the expected horizon, computed from the other series. */
    private long forget(final Engine engine, final Series all, final long horizon) {
        final List<Long> ends = versions(new TestReader(engine.newReader()), all, ALL_KNOWN).stream()
                .map(Version::end)
                .filter(end -> end != Instants.NONE && end > horizon)
                .sorted()
                .toList();
        final long known = engine.now();
        final int most = random.nextInt(ends.size() + 2);
        final long age = random.nextInt(ends.size() + 2);
        final int way = random.nextInt(3);
        final List<Long> forgotten;
        if (way == 0) {
            final long last = most < ends.size() ? ends.get(ends.size() - 1 - most) : Instants.NONE;
            forgotten = ends.stream().filter(end -> end <= last).toList();
        } else {
            forgotten = ends.stream().filter(end -> end <= known - age).toList();
        }
        final Retention retention = switch (way) {
            case 0 -> Retention.versions(most);
            case 1 -> Retention.since(known - age);
            default -> Retention.age(Duration.ofNanos(age));
        };
        assertEquals(
                forgotten.size(), engine.series().retain("cut.*", retention), () -> "seed=" + seed + " " + retention);
        return forgotten.isEmpty() ? horizon : forgotten.get(forgotten.size() - 1);
    }

    private void compare(final Engine engine, final Series all, final Series cut, final long horizon) {
        final TestReader reader = new TestReader(engine.newReader());
        final AnswerText answers = new AnswerText(reader);
        final List<Version> said = versions(reader, all, ALL_KNOWN);
        requireVersions(reader, said, cut, horizon);
        for (int i = 0; i < 60; i++) {
            final Version version = said.get(random.nextInt(said.size()));
            final long known = i == 0 ? horizon : i == 1 ? ALL_KNOWN : version.known() + random.nextInt(3) - 1;
            final long at = said.get(random.nextInt(said.size())).time() + random.nextInt(100);
            final Window window = WINDOWS[random.nextInt(WINDOWS.length)];
            final String where = "seed=" + seed + " known=" + known + " at=" + at + " window=" + window;
            if (known != ALL_KNOWN && known == Instants.NONE) {
                continue;
            }
            final String answer = answers.of(cut, window, at, known);
            if (known >= horizon) {
                assertEquals(answers.of(all, window, at, known), answer, () -> where);
            } else {
                requireForgotten(answer, where);
            }
        }
    }

    /** Requires that each status is FORGOTTEN and no value is given. */
    private static void requireForgotten(final String answer, final String where) {
        for (final Status status : Status.values()) {
            assertEquals(status == Status.FORGOTTEN, answer.contains(status.name()), () -> where + " " + answer);
        }
        final String rest = answer.replaceAll("[a-z][^ ]*=FORGOTTEN NaN|FORGOTTEN", "")
                .replace(String.valueOf(Instants.NONE), "")
                .replace("NaN", "")
                .replace("0", "");
        assertTrue(rest.isBlank(), () -> where + " rest=" + rest + " of " + answer);
    }

    /** Requires that all versions are listed that end after the horizon, and that their revisions are counted. */
    private void requireVersions(
            final TestReader reader, final List<Version> said, final Series cut, final long horizon) {
        final List<Version> left = said.stream()
                .filter(version -> version.end() == Instants.NONE || version.end() > horizon)
                .toList();
        final String where = "seed=" + seed + " horizon=" + horizon;
        assertEquals(left, versions(reader, cut, ALL_KNOWN), () -> where);
        final VersionReading reading = reader.newVersionReading(1 << 15);
        reader.readVersions(cut, WHOLE, 2L * SPREAD_NS, ALL_KNOWN, reading);
        final Status status = horizon == Instants.NONE ? Status.OK : Status.PARTIAL;
        assertEquals(left.isEmpty() ? Status.FORGOTTEN : status, reading.status(), () -> where);
        assertEquals(horizon, reading.horizonNs(), () -> where);
        final RevisionReading revisions = reader.newRevisionReading();
        reader.readRevisions(cut, WHOLE, 2L * SPREAD_NS, ALL_KNOWN, revisions);
        assertEquals(horizon, revisions.horizonNs(), () -> where);
        assertEquals(reading.status(), revisions.status(), () -> where);
        assertEquals(
                left.stream()
                        .filter(version -> version.end() != Instants.NONE && !version.isWithdrawn())
                        .count(),
                revisions.revisionCount(),
                () -> where);
        assertEquals(left.stream().filter(Version::isWithdrawn).count(), revisions.withdrawalCount(), () -> where);
    }

    private static List<Version> versions(final TestReader reader, final Series series, final long known) {
        final VersionReading reading = reader.newVersionReading(1 << 15);
        reader.readVersions(series, WHOLE, 2L * SPREAD_NS, known, reading);
        final List<Version> versions = new ArrayList<>();
        for (int i = 0; i < reading.heldCount(); i++) {
            versions.add(new Version(
                    reading.validTimeNs(i),
                    reading.reference(i),
                    reading.scaledValue(i),
                    reading.knowledgeTimeNs(i),
                    reading.endKnowledgeTimeNs(i),
                    reading.isWithdrawn(i)));
        }
        return versions;
    }

    private Engine launch() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE, directory));
    }

    private static SeriesDefinition definition(final SeriesKind kind, final String key, final DuplicatePolicy policy) {
        final SeriesDefinition definition = kind == SeriesKind.STEP
                ? SeriesDefinition.step(key, Unit.PERCENT, 0)
                : SeriesDefinition.flow(key, Unit.COUNT, 0);
        return definition.withDuplicates(policy).withWindows(Window.slidingNs(77_777));
    }
}
