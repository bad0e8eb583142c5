package io.tollgate.examples.report.paint;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A horizontal time axis with ticks at round dates of UTC. Immutable. */
public final class TimeAxis {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int MONDAY_OF_EPOCH = 4;

    private static final List<Step> STEPS = List.of(
            new Step(ChronoUnit.HOURS, 1, 48),
            new Step(ChronoUnit.HOURS, 6, 48),
            new Step(ChronoUnit.DAYS, 1, 56),
            new Step(ChronoUnit.DAYS, 7, 56),
            new Step(ChronoUnit.DAYS, 14, 56),
            new Step(ChronoUnit.MONTHS, 1, 40),
            new Step(ChronoUnit.MONTHS, 3, 40),
            new Step(ChronoUnit.MONTHS, 6, 40),
            new Step(ChronoUnit.YEARS, 1, 44),
            new Step(ChronoUnit.YEARS, 2, 44),
            new Step(ChronoUnit.YEARS, 5, 44),
            new Step(ChronoUnit.YEARS, 20, 44),
            new Step(ChronoUnit.YEARS, 50, 44));

    private final long fromNs;
    private final long toNs;
    private final double left;
    private final double right;
    private final List<Tick> ticks = new ArrayList<>();

    /** A place on the axis: its label, and the detail in the row below. */
    record Tick(double x, String label, String detail) {}

    /** The distance of ticks, and the pixels that their labels need. */
    private record Step(ChronoUnit unit, int count, double pixels) {
        LocalDateTime floor(final LocalDateTime time) {
            final LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
            return switch (unit) {
                case HOURS -> day.withHour(time.getHour() / count * count);
                case DAYS -> day.minusDays(Math.floorMod(day.toLocalDate().toEpochDay() - MONDAY_OF_EPOCH, count));
                case MONTHS -> day.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / count * count + 1);
                default -> day.withDayOfYear(1).withYear(Math.floorDiv(time.getYear(), count) * count);
            };
        }

        double spacing(final double pixelsPerSecond) {
            return unit.getDuration().getSeconds() * count * pixelsPerSecond;
        }
    }

    /** Creates an axis from {@code fromNs} to the later {@code toNs}, between two horizontal positions. */
    TimeAxis(final long fromNs, final long toNs, final double left, final double right) {
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.left = left;
        this.right = right;
        final double pixelsPerSecond = (right - left) / (toNs - (double) fromNs) * NS_PER_SECOND;
        final Step step = STEPS.stream()
                .filter(candidate -> candidate.spacing(pixelsPerSecond) >= candidate.pixels())
                .findFirst()
                .orElse(STEPS.get(STEPS.size() - 1));
        String detail = "";
        for (LocalDateTime time = step.floor(utc(fromNs)); !time.isAfter(utc(toNs)); ) {
            if (!time.isBefore(utc(fromNs))) {
                final String next = detail(step.unit(), time);
                ticks.add(new Tick(x(time), label(step.unit(), time), next.equals(detail) ? "" : next));
                detail = next;
            }
            time = time.plus(step.count(), step.unit());
        }
    }

    List<Tick> ticks() {
        return ticks;
    }

    double x(final long timeNs) {
        return left + (timeNs - (double) fromNs) / (toNs - (double) fromNs) * (right - left);
    }

    boolean covers(final long timeNs) {
        return fromNs <= timeNs && timeNs <= toNs;
    }

    /** Formats an instant: {@code 2025-04-10 04:01 UTC}. */
    public static String text(final long timeNs) {
        final LocalDateTime time = utc(timeNs);
        return time.format(time.getSecond() == 0 && time.getNano() == 0 ? MINUTE : SECOND) + " UTC";
    }

    private double x(final LocalDateTime time) {
        return x(time.toEpochSecond(ZoneOffset.UTC) * NS_PER_SECOND);
    }

    private static String label(final ChronoUnit unit, final LocalDateTime time) {
        return switch (unit) {
            case HOURS -> String.format(Locale.ROOT, "%02d:00", time.getHour());
            case DAYS -> time.getDayOfMonth() + " " + month(time);
            case MONTHS -> month(time);
            default -> Integer.toString(time.getYear());
        };
    }

    private static String detail(final ChronoUnit unit, final LocalDateTime time) {
        return switch (unit) {
            case HOURS -> time.getDayOfMonth() + " " + month(time) + " " + time.getYear();
            case DAYS, MONTHS -> Integer.toString(time.getYear());
            default -> "";
        };
    }

    private static String month(final LocalDateTime time) {
        final String name = Month.from(time).name();
        return name.charAt(0) + name.substring(1, 3).toLowerCase(Locale.ROOT);
    }

    private static LocalDateTime utc(final long timeNs) {
        return LocalDateTime.ofInstant(
                Instant.ofEpochSecond(Math.floorDiv(timeNs, NS_PER_SECOND), Math.floorMod(timeNs, NS_PER_SECOND)),
                ZoneOffset.UTC);
    }
}
