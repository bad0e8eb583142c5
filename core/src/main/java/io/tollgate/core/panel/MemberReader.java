package io.tollgate.core.panel;

import static io.tollgate.core.read.ReadArguments.requireInRange;
import static io.tollgate.core.read.ReadArguments.requireOwn;
import static io.tollgate.core.read.ReadArguments.requireReading;
import static io.tollgate.core.read.ReadArguments.requireWindow;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.GroupMetric;
import io.tollgate.api.group.GroupReading;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.group.HierarchyReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.SlopeReading;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.Threshold;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.window.WindowBounds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads groups member by member and stacks layer by layer, as all stood at one moment. One thread at a time. */
public final class MemberReader implements PanelReader {
    private final LevelReader reader;
    private final Optional<GroupStates> states;
    private final MemberLevels member;
    private final LevelCursor cursor;
    private final GroupQuotients quotients = new GroupQuotients();
    private final WindowBounds bounds = new WindowBounds();

    /**
     * A reader.
     *
     * @param reader of the levels of the members.
     * @param states of the groups that are kept up to date, empty where none are.
     */
    public MemberReader(final LevelReader reader, final Optional<GroupStates> states) {
        this.reader = reader;
        this.states = states;
        member = new MemberLevels(reader.source());
        cursor = reader.source().newCursor();
    }

    /** {@return what it reads the series with} */
    public LevelReader levels() {
        return reader;
    }

    @Override
    public GroupReading newReading(final Group group) {
        requireGiven("group", group);
        final PanelRead read = newRead(group, Optional.empty(), group, List.of());
        return read.answer(Hierarchy.ALL).filledBy(read);
    }

    @Override
    public HierarchyReading newReading(final Hierarchy hierarchy, final String... nodes) {
        requireGiven("hierarchy", hierarchy);
        final Set<String> wanted = new LinkedHashSet<>();
        for (final String node : nodes) {
            if (!wanted.add(Objects.requireNonNull(node, "node"))) {
                throw new IllegalArgumentException("node=" + node + " is given twice, expected each node once");
            }
        }
        return new HierarchyAnswer(
                hierarchy,
                newRead(hierarchy.group(), Optional.of(hierarchy), hierarchy, List.copyOf(wanted)),
                quotients);
    }

    /**
     * Compares the exact value of a metric of a group with a threshold.
     *
     * @param reading   that this has made, and in which the metric has a value.
     * @param metric    any; a concentration is compared as a double.
     * @param threshold to compare with.
     * @return the sign of the value minus the threshold.
     */
    public int compare(final GroupReading reading, final GroupMetric metric, final Threshold threshold) {
        return ((GroupAnswer) reading).compare(metric, threshold);
    }

    /** A read that knows what is defined up to now. */
    private PanelRead newRead(
            final Group group, final Optional<Hierarchy> hierarchy, final Object value, final List<String> wanted) {
        final Optional<GroupState> state = state(value);
        final PanelRead read =
                reader.inside(() -> new PanelRead(group, hierarchy, reader.source(), member, state, quotients, wanted));
        read.prepare(reader);
        return read;
    }

    /** What is kept of a group or hierarchy, empty if it is not. */
    private Optional<GroupState> state(final Object value) {
        return states.map(kept -> kept.find(value));
    }

    /**
     * A walk through the course of a group.
     *
     * @param reading to be filled; made by this reader.
     * @return a new walk.
     */
    public GroupWalk newWalk(final GroupReading reading) {
        return newWalk(reading.group(), Optional.empty(), ((GroupAnswer) reading).read());
    }

    /**
     * A walk through the course of the nodes of a hierarchy.
     *
     * @param reading to be filled; made by this reader.
     * @return a new walk.
     */
    public GroupWalk newWalk(final HierarchyReading reading) {
        final Hierarchy hierarchy = reading.hierarchy();
        return newWalk(hierarchy.group(), Optional.of(hierarchy), ((HierarchyAnswer) reading).read());
    }

    private GroupWalk newWalk(final Group group, final Optional<Hierarchy> hierarchy, final PanelRead read) {
        return reader.inside(() -> new GroupWalk(group, hierarchy, read, reader));
    }

    @Override
    public EffectReading newEffectReading(final Group group) {
        requireGiven("group", group);
        return new EffectAnswer(group, reader.inside(() -> new EffectScan(group, reader.source(), member)), quotients);
    }

    @Override
    public void read(final long atNs, final long knownAtNs, final GroupReading reading) {
        final GroupAnswer answer = (GroupAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        read(atNs, knownAtNs, answer.read());
    }

    @Override
    public void read(final long atNs, final long knownAtNs, final HierarchyReading reading) {
        final HierarchyAnswer answer = (HierarchyAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        read(atNs, knownAtNs, answer.read());
    }

    private void read(final long atNs, final long knownAtNs, final PanelRead read) {
        requireInRange(atNs, knownAtNs);
        if (knownAtNs == MetricReader.ALL_KNOWN && read.tryReadState(atNs)) {
            reader.requireOpen();
        } else {
            read.read(reader, knownAtNs, atNs);
        }
    }

    @Override
    public void read(final Window window, final long atNs, final long knownAtNs, final GroupReading reading) {
        final GroupAnswer answer = (GroupAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        read(window, atNs, knownAtNs, answer.read());
    }

    @Override
    public void read(final Window window, final long atNs, final long knownAtNs, final HierarchyReading reading) {
        final HierarchyAnswer answer = (HierarchyAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        read(window, atNs, knownAtNs, answer.read());
    }

    private void read(final Window window, final long atNs, final long knownAtNs, final PanelRead read) {
        requireInRange(atNs, knownAtNs);
        requireOfTime(window, "the members of a group");
        reader.resolve(window, atNs, bounds);
        read.read(reader, knownAtNs, bounds.startNs(), atNs, bounds.lengthNs());
    }

    @Override
    public void readEffects(final long fromNs, final long toNs, final long knownAtNs, final EffectReading reading) {
        requireInRange(fromNs, knownAtNs);
        Instants.requireInRange(toNs);
        final EffectAnswer answer = (EffectAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        answer.filled(read(answer.scan().levels(), knownAtNs, answer.scan().between(fromNs, toNs)));
    }

    @Override
    public StackReading newStackReading(final Stack stack) {
        requireGiven("stack", stack);
        return new StackAnswer(stack, reader.inside(() -> new StackScan(stack, reader.source(), cursor)), quotients);
    }

    @Override
    public void readStack(final long entryNs, final long loadedNs, final long knownAtNs, final StackReading reading) {
        requireInRange(entryNs, knownAtNs);
        if (loadedNs != Instants.NONE) {
            Instants.requireInRange(loadedNs);
        }
        final StackAnswer answer = (StackAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        answer.filled(read(answer.scan().levels(), knownAtNs, answer.scan().of(entryNs, loadedNs)));
    }

    @Override
    public EventStudyReading newStudyReading(final EventStudy study) {
        requireGiven("study", study);
        return new StudyAnswer(study, reader.inside(() -> new StudyScan(study, reader.source(), cursor)), quotients);
    }

    @Override
    public void readStudy(final long knownAtNs, final EventStudyReading reading) {
        requireInRange(Instants.MIN, knownAtNs);
        final StudyAnswer answer = (StudyAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        answer.filled(reader.read(answer.scan().levels(), answer.scan().asKnownAt(knownAtNs)));
    }

    @Override
    public RatioReading newRatioReading(final FlowRatio ratio) {
        requireGiven("ratio", ratio);
        return new RatioAnswer(
                ratio,
                reader.inside(() -> new FlowScan(ratio.numerators(), ratio.denominators(), reader.source())),
                quotients);
    }

    @Override
    public void readRatio(
            final Window window, final long atNs, final long baseNs, final long knownAtNs, final RatioReading reading) {
        requireInRange(atNs, knownAtNs);
        Instants.requireInRange(baseNs);
        requireWindow(window);
        final RatioAnswer answer = (RatioAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        answer.scan().over(window, atNs, baseNs);
        answer.filled(read(answer.scan().levels(), knownAtNs, answer.scan()));
    }

    @Override
    public SlopeReading newSlopeReading(final PassThrough passThrough) {
        requireGiven("passThrough", passThrough);
        return new SlopeAnswer(
                reader.inside(() -> new PassThroughScan(passThrough, reader.source(), cursor)), quotients);
    }

    @Override
    public void readSlope(final long knownAtNs, final SlopeReading reading) {
        requireInRange(Instants.MIN, knownAtNs);
        final SlopeAnswer answer = (SlopeAnswer) requireReading(reading);
        if (!(answer.scan() instanceof PassThroughScan)) {
            throw new IllegalArgumentException("reading=that of an elasticity, expected that of a pass-through");
        }
        read(knownAtNs, answer);
    }

    @Override
    public SlopeReading newElasticityReading(final Elasticity elasticity) {
        requireGiven("elasticity", elasticity);
        return new SlopeAnswer(reader.inside(() -> new ElasticityScan(elasticity, reader.source(), cursor)), quotients);
    }

    @Override
    public void readElasticity(
            final Window window,
            final long beforeNs,
            final long afterNs,
            final long knownAtNs,
            final SlopeReading reading) {
        requireInRange(beforeNs, knownAtNs);
        Instants.requireInRange(afterNs);
        final SlopeAnswer answer = (SlopeAnswer) requireReading(reading);
        if (!(answer.scan() instanceof ElasticityScan scan)) {
            throw new IllegalArgumentException("reading=that of a pass-through, expected that of an elasticity");
        }
        requireWindow(window);
        scan.over(window, afterNs, beforeNs);
        read(knownAtNs, answer);
    }

    private void read(final long knownAtNs, final SlopeAnswer answer) {
        requireOwn(answer.isMadeWith(quotients));
        answer.filled(read(answer.scan().levels(), knownAtNs, answer.scan()));
    }

    @Override
    public ComparisonReading newComparisonReading(final Comparison comparison, final int maxStretches) {
        requireGiven("comparison", comparison);
        return new ComparisonAnswer(
                comparison,
                reader.inside(() -> new ComparisonScan(comparison, reader.source(), maxStretches)),
                quotients);
    }

    @Override
    public void readComparison(
            final Window window, final long atNs, final long knownAtNs, final ComparisonReading reading) {
        requireInRange(atNs, knownAtNs);
        requireOfTime(window, "the sources of a comparison");
        final ComparisonAnswer answer = (ComparisonAnswer) requireReading(reading);
        requireOwn(answer.isMadeWith(quotients));
        reader.resolve(window, atNs, bounds);
        answer.filled(read(answer.scan().levels(), knownAtNs, answer.scan().over(bounds.startNs(), atNs)), atNs);
    }

    private static void requireOfTime(final Window window, final String whose) {
        requireWindow(window);
        if (window instanceof Window.LastPoints) {
            throw new IllegalArgumentException(
                    "window=" + window + ", expected a window of time: " + whose + " have no points in common");
        }
    }

    private Status read(final LevelSet levels, final long knownAtNs, final LevelReader.Attempt attempt) {
        levels.seeAsKnownAt(knownAtNs);
        return reader.read(levels, attempt);
    }

    private static void requireGiven(final String name, final Object value) {
        Objects.requireNonNull(value, () -> name + "=null, expected what is to be read");
    }
}
