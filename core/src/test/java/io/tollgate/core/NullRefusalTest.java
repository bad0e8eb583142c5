package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointSink;
import io.tollgate.api.Publisher;
import io.tollgate.api.SeriesCatalog;
import io.tollgate.api.YearToDate;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.EngineAdmin;
import io.tollgate.api.group.LevelPattern;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateRequest;
import io.tollgate.api.watch.Updates;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.fixture.TestContext;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the public API by reflection. No method takes null, and each refusal names the missing parameter. */
class NullRefusalTest {
    /** A walker that finds fewer calls has a defect. */
    private static final int LEAST_CALLS = 300;

    @AutoClose
    private final Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL));

    @TempDir
    private Path directory;

    private List<Class<?>> types;
    private ArgumentValues values;
    private int calls;

    @BeforeEach
    void giveValues() throws Exception {
        types = new ArrayList<>(PublicSurface.types());
        values = new ArgumentValues(types);
        final SeriesDefinition definition = SeriesDefinition.step("rate", Unit.PERCENT, 0);
        final StepSeries step = engine.defineStep(definition);
        final FlowSeries flow = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
        final Subscription subscription = Subscription.of("updates", "*").withMetrics(WatchedMetric.LEVEL);
        values.put(Path.class, directory);
        values.put(Engine.class, engine);
        values.put(SeriesCatalog.class, engine.series());
        values.put(Updates.class, engine.updates());
        values.put(EngineAdmin.class, engine.admin());
        values.put(Publisher.class, engine.publisher());
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        values.put(Batch.class, batch);
        values.put(PointSink.class, batch);
        values.put(MetricReader.class, engine.newReader());
        values.put(
                WindowReading.class,
                engine.newReader().windows(List.of(Window.slidingNs(100), Window.last(3)), Metric.MEAN));
        values.put(PanelReader.class, engine.newPanelReader());
        values.put(SeriesDefinition.class, definition);
        values.put(StepSeries.class, step);
        values.put(FlowSeries.class, flow);
        values.put(Series.class, step);
        values.put(LevelPattern.class, new LevelPattern("tariff.*", Unit.PERCENT, 0));
        values.put(Layer.Share.class, share(step));
        values.put(Composition.class, Composition.of(Layer.add("base", step)));
        values.put(Stack.class, Stack.of(Composition.of(Layer.add("base", step))));
        values.put(YearToDate.class, YearToDate.holdingBack(engine.publisher(), monthly()));
        values.put(ComparisonReading.class, comparison(step));
        values.put(Window.class, Window.slidingNs(100));
        values.put(UpdateRequest.class, subscription);
        values.put(QueueOptions.class, QueueOptions.DEFAULT);
        values.put(UpdateQueue.class, engine.updates().subscribe(subscription, QueueOptions.DEFAULT));
    }

    private Layer.Share share(final StepSeries step) {
        final StepSeries part = engine.defineStep(SeriesDefinition.step("part", Unit.FRACTION, 0));
        return new Layer.Share("share", part, step, step, List.of());
    }

    private FlowSeries monthly() {
        return engine.defineFlow(SeriesDefinition.flow("monthly", Unit.COUNT, 0)
                .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneOffset.UTC)));
    }

    private ComparisonReading comparison(final StepSeries step) {
        final StepSeries other = engine.defineStep(SeriesDefinition.step("other", Unit.PERCENT, 0));
        return engine.newPanelReader().comparison(Comparison.of(step, other), Window.slidingNs(1), 1);
    }

    @Test
    void shouldRefuseNullByTheNameOfTheParameter() {
        final List<String> accepted = new ArrayList<>();
        // The engine makes exceptions.
        types.removeIf(Throwable.class::isAssignableFrom);
        for (final Class<?> type : types) {
            walked(type).forEach(called -> requireRefused(called, accepted));
        }
        assertTrue(accepted.isEmpty(), () -> String.join("\n", accepted));
        assertTrue(calls > LEAST_CALLS, () -> "calls=" + calls);
    }

    /** Returns factories, constructors, and methods that a program calls, but not methods that it implements. */
    private Stream<Executable> walked(final Class<?> type) {
        final Stream<Executable> methods = Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !isInherited(method))
                .filter(method -> Modifier.isStatic(method.getModifiers()) || !ArgumentValues.isFunction(type))
                .map(Executable.class::cast);
        return Stream.concat(methods, Stream.of(type.getConstructors()))
                .filter(called -> Stream.of(called.getParameterTypes()).anyMatch(given -> !given.isPrimitive()));
    }

    private static boolean isInherited(final Method method) {
        return List.of("equals", "compareTo", "valueOf").contains(method.getName());
    }

    private void requireRefused(final Executable called, final List<String> accepted) {
        final Object[] arguments = values.arguments(called);
        final boolean isFactory = called instanceof Method method && Modifier.isStatic(method.getModifiers());
        if (called instanceof Method && !isFactory && values.of(called.getDeclaringClass()) == null) {
            accepted.add(called + ": no value of its type is known; give one");
            return;
        }
        for (int i = 0; i < arguments.length; i++) {
            final Parameter parameter = called.getParameters()[i];
            if (parameter.getType().isPrimitive()
                    || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                continue;
            }
            final Object[] given = arguments.clone();
            given[i] = null;
            calls++;
            final String recorded = outcome(called, given);
            final String name = parameter.getName();
            if (!recorded.equals(name) && !recorded.startsWith(name + "=null")) {
                accepted.add(called + ": " + name + ": " + recorded);
            }
        }
    }

    private String outcome(final Executable called, final Object[] given) {
        try {
            values.invoke(called, given);
            return "accepted";
        } catch (final InvocationTargetException e) {
            final Throwable refusal = e.getCause();
            final boolean isFit =
                    refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException;
            return isFit ? String.valueOf(refusal.getMessage()) : refusal.toString();
        }
    }

    @Test
    void shouldSayOfEachPackageThatNothingInItIsNull() {
        for (final Class<?> type : types) {
            assertNotNull(type.getPackage().getAnnotation(NullMarked.class), type::toString);
        }
    }
}
