package io.tollgate.core.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.fixture.GroupFixture;
import io.tollgate.core.fixture.KnownPoint;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random stacks of layers of each kind, whose composition changes, over late, pending, revised and withdrawn points.
 * Each layer, the rate and the duties are compared with decimals.
 */
final class StackOracleTest extends GroupFixture {
    private static final int TIME = 40;
    private static final int RATES = 7;

    private final Map<String, TreeMap<Long, Optional<BigDecimal>>> recorded = new HashMap<>();
    private final List<Map<String, TreeMap<Long, Optional<BigDecimal>>>> earlier = new ArrayList<>();
    /** The points for the answers: all, or those known by a knowledge time. */
    private Map<String, TreeMap<Long, Optional<BigDecimal>>> points = recorded;

    private final List<StepSeries> rates = new ArrayList<>();
    private final List<StepSeries> shares = new ArrayList<>();
    private final List<StepSeries> switches = new ArrayList<>();
    private Random random;

    private static final class Answer {
        private final List<BigDecimal> terms = new ArrayList<>();
        private final Map<String, Integer> largest = new HashMap<>();
        private boolean isMissing;
        private boolean isUndefined;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_261_125})
    void shouldStackAsDecimalsDo(final long seed) {
        random = new Random(seed);
        engine.advanceTo(TIME / 2);
        for (int i = 0; i < RATES; i++) {
            rates.add(rate("layer" + i));
            switches.add(membership("switch" + i));
            shares.add(engine.defineStep(SeriesDefinition.step("share" + i, Unit.FRACTION, 3)));
        }
        for (int k = 0; k < 60; k++) {
            for (int i = 0; i < 20; i++) {
                change();
            }
            final Map<String, TreeMap<Long, Optional<BigDecimal>>> now = new HashMap<>();
            recorded.forEach((key, levels) -> now.put(key, new TreeMap<>(levels)));
            earlier.add(now);
            final Stack stack = new Stack(
                    List.of(composition(), composition(), composition()),
                    Optional.of(switches.get(0)),
                    random.nextBoolean() ? MissingPolicy.FAIL : MissingPolicy.AS_ZERO);
            for (int i = 0; i < 30; i++) {
                final long entry = random.nextInt(TIME);
                final long loaded = random.nextInt(3) == 0 ? Instants.NONE : entry - random.nextInt(15);
                final long known = random.nextInt(2) == 0 ? Instants.ALL_KNOWN : random.nextInt(earlier.size());
                points = known == Instants.ALL_KNOWN ? recorded : earlier.get((int) known);
                final PanelReader then = reader.asOf(known);
                final StackReading reading = then.stack(stack).read(entry, loaded);
                final StackReading later = then.stack(stack);
                final String message =
                        "seed=" + seed + " stack=" + k + " entry=" + entry + " loaded=" + loaded + " known=" + known;
                compare(stack, reading, entry, loaded, message);
                final long next = reading.nextChangeAtNs();
                assertTrue(next == Instants.NONE || next > entry, message + " next=" + next);
                for (long at = entry + 1; at < (next == Instants.NONE ? 2 * TIME : next); at++) {
                    later.read(at, loaded);
                    assertEquals(reading.status(), later.status(), message + " at=" + at);
                    assertEquals(reading.rate(), later.rate(), message + " at=" + at);
                }
            }
        }
    }

    private void change() {
        final List<StepSeries> kind = List.of(rates, shares, switches).get(random.nextInt(3));
        final StepSeries series = kind.get(random.nextInt(kind.size()));
        final TreeMap<Long, Optional<BigDecimal>> own = recorded.computeIfAbsent(series.key(), key -> new TreeMap<>());
        final long at = random.nextInt(TIME);
        if (random.nextInt(6) == 0 && own.containsKey(at)) {
            engine.awaitApplied(engine.publisher()
                    .point(series)
                    .validAt(at)
                    .knownAt(earlier.size())
                    .withdraw());
            own.remove(at);
        } else if (random.nextInt(8) == 0) {
            engine.awaitApplied(engine.publisher()
                    .point(series)
                    .validAt(at)
                    .unknown()
                    .knownAt(earlier.size())
                    .offer());
            own.put(at, Optional.empty());
        } else {
            final long scaled = kind == rates
                    ? random.nextInt(6_000) - 500
                    : kind == shares ? random.nextInt(1_010) : random.nextInt(4) - (random.nextInt(9) == 0 ? 1 : 0);
            KnownPoint.apply(engine, series, at, scaled, earlier.size());
            own.put(
                    at,
                    Optional.of(BigDecimal.valueOf(scaled, series.definition().scale())));
        }
    }

    private Composition composition() {
        final List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            final StepSeries rate = rates.get(random.nextInt(RATES));
            final String name = "layer " + i;
            final String before = i == 0 ? "" : "layer " + random.nextInt(i);
            Layer layer = switch (random.nextInt(i == 0 ? 3 : 7)) {
                case 0 -> Layer.add(name, rate);
                case 1, 2 ->
                    random.nextBoolean()
                            ? Layer.max(name, "group " + random.nextInt(2), rate)
                            : Layer.share(
                                    name, shares.get(random.nextInt(RATES)), rate, rates.get(random.nextInt(RATES)));
                case 3 -> Layer.floor(name, rate, before);
                case 4 -> Layer.exempt(name, switches.get(random.nextInt(RATES)), before);
                case 5 -> Layer.exempt(name, switches.get(random.nextInt(RATES)));
                default -> random.nextBoolean() ? Layer.override(name, rate) : Layer.override(name, rate, before);
            };
            if (random.nextInt(3) == 0) {
                layer = layer.withInTransit(new Layer.InTransit(random.nextInt(TIME), random.nextInt(TIME)));
            }
            layers.add(layer);
        }
        return new Composition(layers);
    }

    private Optional<BigDecimal> level(final StepSeries series, final long at) {
        final Map.Entry<Long, Optional<BigDecimal>> point =
                points.getOrDefault(series.key(), new TreeMap<>()).floorEntry(at);
        return point == null ? Optional.empty() : point.getValue();
    }

    private void compare(
            final Stack stack, final StackReading reading, final long entry, final long loaded, final String message) {
        final Optional<BigDecimal> selected = level(stack.selector().orElseThrow(), entry);
        if (selected.isEmpty()) {
            assertEquals(Status.INSUFFICIENT, reading.status(), message);
            return;
        }
        final int place = selected.get().intValueExact();
        if (place < 0 || place >= stack.compositions().size()) {
            assertEquals(Status.UNDEFINED, reading.status(), message);
            return;
        }
        assertEquals(place, reading.composition(), message);
        final List<Layer> layers = stack.compositions().get(place).layers();
        final Answer answer = new Answer();
        for (final Layer layer : layers) {
            apply(layers, layer, answer, entry, loaded);
        }
        final boolean isFailing = answer.isMissing && stack.missing() == MissingPolicy.FAIL;
        final Status expected = isFailing
                ? Status.INSUFFICIENT
                : answer.isUndefined ? Status.UNDEFINED : answer.isMissing ? Status.PARTIAL : Status.OK;
        assertEquals(expected, reading.status(), message);
        if (!expected.hasValue()) {
            return;
        }
        BigDecimal all = BigDecimal.ZERO;
        long duties = 0;
        for (int i = 0; i < layers.size(); i++) {
            final BigDecimal term = answer.terms.get(i);
            all = all.add(term);
            assertEquals(term.doubleValue(), reading.rate(i), message + " layer=" + i);
            final long duty = halfUp(term.movePointLeft(2).multiply(BigDecimal.valueOf(1_417_233)));
            duties += duty;
            assertEquals(duty, reading.duty(i, 1_417_233), message + " layer=" + i);
        }
        assertEquals(all.doubleValue(), reading.rate(), message);
        assertEquals(duties, reading.duty(1_417_233), message);
    }

    /** Money rounds half up, and a refund rounds like a duty. */
    private static long halfUp(final BigDecimal money) {
        return money.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private void apply(
            final List<Layer> layers, final Layer layer, final Answer answer, final long entry, final long loaded) {
        final boolean isAfloat = loaded != Instants.NONE
                && layer.inTransit().stream()
                        .anyMatch(clause -> loaded < clause.loadedBeforeNs() && entry < clause.enteredBeforeNs());
        final long at = isAfloat ? loaded : entry;
        final Optional<BigDecimal> rate = level(layer.rate(), at);
        final int index = answer.terms.size();
        answer.terms.add(BigDecimal.ZERO);
        if (layer instanceof Layer.Exempt exempt) {
            if (rate.isPresent() && rate.get().signum() > 0) {
                clear(layers, exempt.exempted(), index, answer);
            }
        } else if (layer instanceof Layer.Overriding override) {
            if (rate.isPresent()) {
                clear(layers, override.overridden(), index, answer);
                answer.terms.set(index, rate.get());
            }
        } else if (layer instanceof Layer.Share share) {
            applyShare(share, rate, at, answer);
        } else if (layer instanceof Layer.Floor floor) {
            BigDecimal lacking = known(rate, answer);
            for (int i = 0; i < index; i++) {
                lacking = floor.base().contains(layers.get(i).name()) ? lacking.subtract(answer.terms.get(i)) : lacking;
            }
            answer.terms.set(index, lacking.max(BigDecimal.ZERO));
        } else if (layer instanceof Layer.Max max) {
            final Integer largest = answer.largest.get(max.group());
            final BigDecimal own = known(rate, answer);
            if (largest == null || own.compareTo(answer.terms.get(largest)) > 0) {
                if (largest != null) {
                    answer.terms.set(largest, BigDecimal.ZERO);
                }
                answer.terms.set(index, own);
                answer.largest.put(max.group(), index);
            }
        } else {
            answer.terms.set(index, known(rate, answer));
        }
    }

    /** An unknown rate counts as 0 if the answer does not fail for it. */
    private static BigDecimal known(final Optional<BigDecimal> rate, final Answer answer) {
        answer.isMissing |= rate.isEmpty();
        return rate.orElse(BigDecimal.ZERO);
    }

    private void applyShare(
            final Layer.Share share, final Optional<BigDecimal> rate, final long at, final Answer answer) {
        final Optional<BigDecimal> part = level(share.share(), at);
        final BigDecimal own = known(rate, answer);
        final BigDecimal rest = known(level(share.other(), at), answer);
        if (part.isEmpty()) {
            answer.isMissing = true;
        } else if (part.get().signum() < 0 || part.get().compareTo(BigDecimal.ONE) > 0) {
            answer.isUndefined = true;
        } else {
            final BigDecimal remainder = BigDecimal.ONE.subtract(part.get());
            answer.terms.set(answer.terms.size() - 1, part.get().multiply(own).add(remainder.multiply(rest)));
        }
    }

    private static void clear(
            final List<Layer> layers, final List<String> names, final int count, final Answer answer) {
        for (int i = 0; i < count; i++) {
            if (names.isEmpty() || names.contains(layers.get(i).name())) {
                answer.terms.set(i, BigDecimal.ZERO);
            }
        }
    }
}
