package io.tollgate.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.group.Concordance;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.group.MemberPattern;
import io.tollgate.api.group.Recoding;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A code is left out if its series is no level of the expected unit and scale, in any order of definitions. */
final class LeftOutCodesTest {
    private static final long CHANGE_NS = 100;
    private static final long NOW_NS = 1_000;

    /** The test covers every 23rd of 720 orders, 32 in all. Each part comes first in some of them. */
    private static final int ORDERS_BETWEEN = 23;

    private enum Form {
        ABSENT,
        LIKE,
        FLOW,
        FINER
    }

    /** A series to be defined, one of the two of its code. */
    private record Part(boolean isRate, String code, Form form) {
        String key(final String prefix) {
            return prefix + (isRate ? ".rate." + code : ".imports." + code + ".usd");
        }
    }

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    private final PanelReader reader = engine.newPanelReader();
    private int prefixCount;

    private static MemberPattern pattern(final String prefix) {
        return MemberPattern.of(
                new LevelPattern(prefix + ".rate.*", Unit.PERCENT, 0),
                new LevelPattern(prefix + ".imports.*.usd", Unit.COUNT, 0));
    }

    private void define(final String prefix, final Part part) {
        final String key = part.key(prefix);
        final Unit unit = part.isRate() ? Unit.PERCENT : Unit.COUNT;
        if (part.form() == Form.FLOW) {
            engine.defineFlow(SeriesDefinition.flow(key, unit, 0));
        } else if (part.form() != Form.ABSENT) {
            final int scale = part.form() == Form.FINER ? 1 : 0;
            final StepSeries series = engine.defineStep(SeriesDefinition.step(key, unit, scale));
            engine.awaitApplied(engine.publisher().offer(series, 0, 8));
        }
    }

    private static List<List<Part>> orders(final List<Part> parts) {
        if (parts.isEmpty()) {
            return List.of(List.of());
        }
        final List<List<Part>> orders = new ArrayList<>();
        for (final Part first : parts) {
            final List<Part> others = new ArrayList<>(parts);
            others.remove(first);
            for (final List<Part> rest : orders(others)) {
                final List<Part> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    /** Returns the number of codes with both series defined and one of them unsuitable. */
    private static int leftOutCount(final List<Part> defined) {
        final Set<String> codes = new LinkedHashSet<>();
        for (final Part one : defined) {
            final boolean hasOther = defined.stream()
                    .anyMatch(other -> other.code().equals(one.code()) && other.isRate() != one.isRate());
            if (one.form() != Form.LIKE && hasOther) {
                codes.add(one.code());
            }
        }
        return codes.size();
    }

    private void check(final GroupReading reading, final int leftOutCount, final boolean isIntact, final Object what) {
        reading.read(NOW_NS);
        assertEquals(leftOutCount, reading.leftOutCount(), () -> "left out of " + what);
        if (isIntact) {
            assertEquals(
                    leftOutCount == 0 ? Status.OK : Status.PARTIAL,
                    reading.status(GroupMetric.WEIGHTED),
                    () -> "status of " + what);
        }
    }

    /** As without a concordance, a rate without a weight may have any form, and a weight without a rate too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveOutCodesIfBothSeriesExist(final boolean hasConcordance) {
        engine.advanceTo(NOW_NS);
        for (final Form rate : Form.values()) {
            for (final Form weight : Form.values()) {
                final List<Part> parts = new ArrayList<>(List.of(
                        new Part(true, "US.CN", Form.LIKE),
                        new Part(false, "US.CN", Form.LIKE),
                        new Part(true, "US.DE", rate),
                        new Part(false, "US.DE", weight)));
                parts.removeIf(part -> part.form() == Form.ABSENT);
                orders(parts).forEach(order -> checkOrder(order, hasConcordance));
            }
        }
    }

    private void checkOrder(final List<Part> order, final boolean hasConcordance) {
        final String prefix = "p" + prefixCount++;
        final MemberPattern plain = pattern(prefix);
        final Concordance codes = Concordance.of(Recoding.renamed(CHANGE_NS, "US.XX", "US.YY"));
        final GroupReading reading = reader.group(Group.fitting(hasConcordance ? plain.withConcordance(codes) : plain));
        for (int i = 0; i < order.size(); i++) {
            define(prefix, order.get(i));
            final List<Part> defined = order.subList(0, i + 1);
            check(reading, leftOutCount(defined), defined.size() == order.size(), defined);
        }
    }

    /** A new code needs no series of its own. If it has a series that is no suitable level, that series is left out. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveOutAnUnsuitableSeriesOfASuccessorCode(final boolean isRate) {
        engine.advanceTo(NOW_NS);
        final List<Part> parts = List.of(
                new Part(true, "US.CN", Form.LIKE),
                new Part(false, "US.CN", Form.LIKE),
                new Part(isRate, "US.HK", Form.FLOW),
                new Part(isRate, "US.MO", Form.FLOW));
        for (final List<Part> order : orders(parts)) {
            final String prefix = "p" + prefixCount++;
            final GroupReading reading = reader.group(Group.fitting(pattern(prefix)
                    .withConcordance(Concordance.of(
                            Recoding.renamed(CHANGE_NS, "US.CN", "US.HK"),
                            Recoding.renamed(CHANGE_NS, "US.XX", "US.MO")))));
            order.forEach(part -> define(prefix, part));
            check(reading, 1, true, order);
        }
    }

    /**
     * Two codes go into one that has a weight and no rate. The old weights replace its weight, in any order of
     * definitions.
     */
    @ParameterizedTest
    @EnumSource
    void shouldContinueWithTheWeightsOfTheOldCodesIfThatOfTheNewOneCannotBeDivided(final Form rate) {
        engine.advanceTo(NOW_NS);
        final List<Part> parts = new ArrayList<>();
        for (final String code : List.of("US.CN", "US.HK")) {
            parts.add(new Part(true, code, Form.LIKE));
            parts.add(new Part(false, code, Form.LIKE));
        }
        parts.add(new Part(false, "US.ALL", Form.LIKE));
        parts.add(new Part(true, "US.ALL", rate));
        parts.removeIf(part -> part.form() == Form.ABSENT);
        final int leftOutCount = rate == Form.LIKE ? 0 : 1;
        final List<List<Part>> orders = orders(parts);
        for (int i = 0; i < orders.size(); i += ORDERS_BETWEEN) {
            final List<Part> order = orders.get(i);
            final String prefix = "p" + prefixCount++;
            final Group group = Group.fitting(pattern(prefix)
                    .withConcordance(Concordance.of(
                            Recoding.renamed(CHANGE_NS, "US.CN", "US.ALL"),
                            Recoding.renamed(CHANGE_NS, "US.HK", "US.ALL"))));
            final GroupReading reading = reader.group(group);
            for (final Part part : order) {
                define(prefix, part);
                reading.read(NOW_NS);
            }
            check(reading, leftOutCount, true, order);
            check(reader.group(group), leftOutCount, true, List.of("read first when all are defined", order));
        }
    }
}
