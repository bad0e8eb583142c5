package io.tollgate.core.oracle;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A random series: its definition, and the times, values and references of its points, all of one random character. */
public final class RandomStream {
    private static final long DAY_NS = 86_400_000_000_000L;
    private static final long[] BASES = {
        0, -1_000_000, 1_747_195_260_000_000_000L, -3 * DAY_NS, Instants.MIN + 60, Instants.MAX - 60
    };
    private static final long[] EXTREME_TIMES = {
        Instants.MIN, Instants.MIN + 1, -1, 0, 1, Instants.MAX - 1, Instants.MAX
    };
    private static final long[] LENGTHS = {1, 2, 3, 60, 1_000, DAY_NS, 30 * DAY_NS, Long.MAX_VALUE - 1, Long.MAX_VALUE};

    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("America/New_York"), ZoneId.of("Asia/Shanghai"), ZoneId.of("Asia/Kathmandu"));

    private final Random random;
    private final long base;
    private final long spread;
    private final int timeCharacter;
    private final int valueCharacter;
    private final int referenceCharacter;
    private final double unknownShare;
    private final double revisionShare;
    private final double withdrawalShare;
    private final long constant;
    private final Optional<ReportingPeriod> period;
    private final boolean isBooked;
    private final SeriesDefinition definition;
    private final List<Window> windows;

    public RandomStream(final Random random, final String key, final boolean isLong) {
        this.random = random;
        base = BASES[random.nextInt(BASES.length)];
        spread = !isLong && random.nextBoolean() ? 1 + random.nextInt(60) : 1 + random.nextInt(40) * DAY_NS;
        timeCharacter = (isLong ? 1 : 0) + random.nextInt(7);
        valueCharacter = random.nextInt(6);
        referenceCharacter = random.nextInt(3);
        unknownShare = random.nextInt(3) * 0.3;
        revisionShare = random.nextInt(3) * 0.15;
        withdrawalShare = random.nextInt(3) * 0.15;
        constant = random.nextLong() >> random.nextInt(63);
        final boolean isStep = random.nextBoolean();
        final int scale = random.nextInt(10);
        final SeriesDefinition undeclared = (isStep
                        ? SeriesDefinition.step(key, Unit.PERCENT, scale)
                        : SeriesDefinition.flow(key, Unit.COUNT, scale))
                .withDuplicates(policy(isStep ? SeriesKind.STEP : SeriesKind.FLOW));
        period = isStep || random.nextBoolean() ? Optional.empty() : Optional.of(period());
        isBooked = period.isPresent() && random.nextInt(4) > 0;
        final SeriesDefinition lasting = isStep ? withHeartbeat(undeclared) : withPeriod(undeclared);
        definition = isStep || random.nextBoolean() ? lasting : lasting.withLifeStart(time());
        windows = Stream.<Window>concat(
                        new TreeSet<>(List.of(length(), length(), length(), length()))
                                .stream().<Window>map(Window::slidingNs),
                        Stream.<Window>of(
                                new Window.Sliding(length(), Closed.LEFT),
                                new Window.Sliding(length(), Closed.BOTH),
                                new Window.Sliding(length(), Closed.NEITHER),
                                Window.last(1 + random.nextInt(5)),
                                Window.last(1 + random.nextInt(200)),
                                Window.since(time()),
                                Window.toDate(
                                        CalendarPeriod.values()[random.nextInt(3)],
                                        ZONES.get(random.nextInt(ZONES.size())))))
                .distinct()
                .toList();
    }

    private SeriesDefinition withHeartbeat(final SeriesDefinition step) {
        return random.nextBoolean() ? step : step.withHeartbeat(Duration.ofNanos(length()));
    }

    private SeriesDefinition withPeriod(final SeriesDefinition flow) {
        return period.isPresent() ? flow.withPeriod(period.get()) : flow;
    }

    private ReportingPeriod period() {
        final ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        return random.nextBoolean()
                ? ReportingPeriod.of(CalendarPeriod.values()[random.nextInt(3)], zone)
                : ReportingPeriod.of(Duration.ofNanos(1 + Math.floorMod(random.nextLong(), 1 + spread / 4)));
    }

    /** Returns the definition without registered windows. */
    public SeriesDefinition definition() {
        return definition;
    }

    /** Returns windows worth a read of this stream. */
    public List<Window> windows() {
        return windows;
    }

    boolean isStep() {
        return definition.kind() == SeriesKind.STEP;
    }

    /** Returns true if the next point should revise an existing one. */
    public boolean isRevision() {
        return random.nextDouble() < revisionShare;
    }

    /** Returns true if a revision should repeat the existing point. */
    boolean isRepetition() {
        return random.nextInt(3) == 0;
    }

    /** Returns true if the next operation should be a withdrawal. */
    public boolean isWithdrawal() {
        return random.nextDouble() < withdrawalShare;
    }

    /** Returns the default policy of the kind for half of the streams, else any suitable one. */
    private DuplicatePolicy policy(final SeriesKind kind) {
        final DuplicatePolicy any = DuplicatePolicy.values()[random.nextInt(DuplicatePolicy.values().length)];
        return random.nextBoolean() && any.suits(kind) ? any : DuplicatePolicy.defaultOf(kind);
    }

    /** Draws a valid time of this stream's character. */
    public long time() {
        if (timeCharacter == 0) {
            return EXTREME_TIMES[random.nextInt(EXTREME_TIMES.length)];
        }
        if (timeCharacter == 1) {
            return clamp(random.nextLong());
        }
        final long offset = Math.floorMod(random.nextLong(), 2 * spread) - spread;
        return isBooked ? booked(offset) : saturate(base, offset);
    }

    /** Returns a time at which one period ends and another one begins. */
    private long booked(final long offset) {
        if (period.get() instanceof ReportingPeriod.Fixed fixed) {
            return saturate(base, offset - offset % fixed.lengthNs());
        }
        final ReportingPeriod.Calendar calendar = (ReportingPeriod.Calendar) period.get();
        final LocalDate day = LocalDate.ofInstant(Instants.toInstant(saturate(base, 40 * offset)), calendar.zone());
        final Instant start =
                calendar.period().firstDay(day).atStartOfDay(calendar.zone()).toInstant();
        return start.isBefore(Instants.toInstant(Instants.MIN)) ? Instants.MIN : Instants.of(start);
    }

    /** Draws a time of this stream a little later than an instant, or returns that instant. */
    public long timeAfter(final long instant) {
        long earliest = instant;
        for (int i = 0; i < 3; i++) {
            final long time = time();
            if (time > instant && (earliest == instant || time < earliest)) {
                earliest = time;
            }
        }
        return earliest;
    }

    public long value() {
        if (isStep() && random.nextDouble() < unknownShare) {
            return Decimals.UNKNOWN;
        }
        return Math.max(
                -Long.MAX_VALUE,
                switch (valueCharacter) {
                    case 0 -> random.nextInt(200);
                    case 1 -> random.nextInt(5) - 2;
                    case 2 ->
                        random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(3) : -Long.MAX_VALUE + random.nextInt(3);
                    case 3 -> (1L << 53) + random.nextInt(7) - 3;
                    case 4 -> random.nextLong() >> random.nextInt(64);
                    default -> constant;
                });
    }

    /** Draws the reference: for a FLOW none, one of a few, or a mixture; for a STEP rarely one. */
    public long reference() {
        if (isStep()) {
            return random.nextBoolean() ? Publisher.NO_REFERENCE : random.nextLong();
        }
        return switch (referenceCharacter) {
            case 0 -> Publisher.NO_REFERENCE;
            case 1 -> random.nextInt(9) - 4;
            default -> random.nextBoolean() ? Publisher.NO_REFERENCE : random.nextInt(5) - 2;
        };
    }

    /** Returns the reference for the withdrawal of a point: its own if it has one, or sometimes none. */
    public long withdrawnReference(final Oracle.Point point) {
        return !isStep() && point.isNamed() && random.nextInt(10) > 0 ? point.reference() : Publisher.NO_REFERENCE;
    }

    /** Draws an instant worth a read: at, just before or just after a point or the edge of a window, or any instant. */
    public long instant(final List<Oracle.Point> points, final Window window) {
        final int choice = random.nextInt(8);
        if (choice == 0) {
            return EXTREME_TIMES[random.nextInt(EXTREME_TIMES.length)];
        }
        if (choice == 1 || points.isEmpty()) {
            return time();
        }
        final long time = edge(points.get(random.nextInt(points.size())).time());
        if (choice == 2 && window instanceof Window.Since since) {
            return saturate(since.instantNs(), random.nextInt(3) - 1);
        }
        final long edge =
                choice < 5 && window instanceof Window.Sliding sliding ? saturate(time, sliding.lengthNs()) : time;
        return saturate(edge, random.nextInt(3) - 1);
    }

    /** Returns the time of a point, the end of its heartbeat, or the start of its period. */
    private long edge(final long time) {
        if (random.nextInt(3) > 0) {
            return time;
        }
        final long heartbeat = definition.policies().heartbeatNs();
        return period.isPresent() ? period.get().startNs(time) : saturate(time, heartbeat);
    }

    private long length() {
        return switch (random.nextInt(4)) {
            case 0 -> LENGTHS[random.nextInt(LENGTHS.length)];
            case 1 -> 1 + Math.floorMod(random.nextLong(), 1 + spread / 10);
            case 2 -> 1 + Math.floorMod(random.nextLong(), 2 * spread);
            default -> 2 * spread + random.nextInt(3) - 1;
        };
    }

    private static long saturate(final long time, final long offset) {
        final long sum = time + offset;
        final boolean overflows = ((time ^ sum) & (offset ^ sum)) < 0;
        return clamp(overflows ? (time < 0 ? Instants.MIN : Instants.MAX) : sum);
    }

    private static long clamp(final long time) {
        return Math.min(Math.max(time, Instants.MIN), Instants.MAX);
    }
}
