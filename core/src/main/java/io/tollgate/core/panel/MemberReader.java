package io.tollgate.core.panel;

import io.tollgate.api.group.EffectReading;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.Elasticity;
import io.tollgate.api.panel.ElasticityReading;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.panel.EventStudyReading;
import io.tollgate.api.panel.FlowRatio;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.panel.PassThrough;
import io.tollgate.api.panel.PassThroughReading;
import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Window;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.GroupStates;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Creates readings of panels: groups by member, stacks by layer, and others. Used by one thread at a time. */
public final class MemberReader implements PanelReader {
    private final LevelReader reader;
    private final Optional<GroupStates> states;
    private final long knownAtNs;
    private final LevelSource source;
    private final MemberLevels member;
    private final LevelCursor cursor;
    private final GroupQuotients quotients;

    /**
     * Creates a reader.
     *
     * @param reader of the levels of the members.
     * @param states of the groups that are kept up to date, empty if there are none.
     */
    public MemberReader(final LevelReader reader, final Optional<GroupStates> states) {
        this.reader = reader;
        this.states = states;
        knownAtNs = Instants.ALL_KNOWN;
        source = reader.source();
        member = new MemberLevels(source);
        cursor = source.newCursor();
        quotients = new GroupQuotients();
    }

    private MemberReader(final MemberReader other, final long knownAtNs) {
        reader = other.reader;
        states = other.states;
        this.knownAtNs = knownAtNs;
        source = reader.source().asKnownAt(knownAtNs);
        member = other.member;
        cursor = other.cursor;
        quotients = other.quotients;
    }

    /** {@return the reader of the series} */
    public LevelReader levels() {
        return reader;
    }

    @Override
    public PanelReader asOf(final long knownAtNs) {
        if (knownAtNs != Instants.ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
        return new MemberReader(this, knownAtNs);
    }

    @Override
    public GroupAnswer group(final Group group) {
        return group(group, Optional.empty());
    }

    @Override
    public GroupAnswer group(final Group group, final Window window) {
        return group(group, Optional.of(requireOfTime(window, "the members of a group")));
    }

    private GroupAnswer group(final Group group, final Optional<Window> window) {
        requireGiven("group", group);
        final PanelRead read = newRead(new PanelSubject(group, Optional.empty(), window, List.of()));
        return read.answers().answer(Hierarchy.ALL);
    }

    @Override
    public HierarchyAnswer hierarchy(final Hierarchy hierarchy, final String... nodes) {
        return hierarchy(hierarchy, Optional.empty(), nodes);
    }

    @Override
    public HierarchyAnswer hierarchy(final Hierarchy hierarchy, final Window window, final String... nodes) {
        return hierarchy(hierarchy, Optional.of(requireOfTime(window, "the members of a group")), nodes);
    }

    private HierarchyAnswer hierarchy(final Hierarchy hierarchy, final Optional<Window> window, final String... nodes) {
        requireGiven("hierarchy", hierarchy);
        requireGiven("nodes", nodes);
        final Set<String> wanted = new LinkedHashSet<>();
        for (final String node : nodes) {
            requireGiven("node", node);
            if (!wanted.add(node)) {
                throw new IllegalArgumentException("node=" + node + " is given twice; give each node once");
            }
        }
        return new HierarchyAnswer(
                newRead(new PanelSubject(hierarchy.group(), Optional.of(hierarchy), window, List.copyOf(wanted))));
    }

    /** Creates a read that includes all series defined up to now. */
    private PanelRead newRead(final PanelSubject subject) {
        final Optional<GroupState> state = knownAtNs == Instants.ALL_KNOWN
                ? states.map(kept -> kept.find(subject.registered()))
                : Optional.empty();
        final PanelRead read = reader.inside(() -> new PanelRead(
                subject,
                new GroupScan(subject.group(), subject.hierarchy(), source, member),
                reader,
                state,
                quotients));
        read.prepare();
        return read;
    }

    /**
     * Creates a walk through the values of a group, or of the nodes of a hierarchy.
     *
     * @param reading to be filled; the reading of one node stands for all nodes.
     * @return a new walk.
     */
    public GroupWalk newWalk(final GroupAnswer reading) {
        return reader.inside(() -> new GroupWalk(reading.panelRead()));
    }

    @Override
    public EffectReading effects(final Group group) {
        requireGiven("group", group);
        return new EffectAnswer(group, reader.inside(() -> new EffectScan(group, source, member)), reader, quotients);
    }

    @Override
    public StackReading stack(final Stack stack) {
        requireGiven("stack", stack);
        return new StackAnswer(stack, reader.inside(() -> new StackScan(stack, source, cursor)), reader);
    }

    @Override
    public EventStudyReading study(final EventStudy study) {
        requireGiven("study", study);
        return new StudyAnswer(study, reader.inside(() -> new StudyScan(study, source, cursor)), reader);
    }

    @Override
    public RatioReading ratio(final FlowRatio ratio, final Window window) {
        requireGiven("ratio", ratio);
        requireGiven("window", window);
        return new RatioAnswer(
                ratio,
                reader.inside(() -> new FlowScan(ratio.numerators(), ratio.denominators(), window, source)),
                reader);
    }

    @Override
    public PassThroughReading passThrough(final PassThrough passThrough) {
        requireGiven("passThrough", passThrough);
        return new PassThroughAnswer(reader.inside(() -> new PassThroughScan(passThrough, source, cursor)), reader);
    }

    @Override
    public ElasticityReading elasticity(final Elasticity elasticity, final Window window) {
        requireGiven("elasticity", elasticity);
        requireGiven("window", window);
        return new ElasticityAnswer(
                reader.inside(() -> new ElasticityScan(elasticity, window, source, cursor)), reader);
    }

    @Override
    public ComparisonReading comparison(final Comparison comparison, final Window window, final int maxStretches) {
        requireGiven("comparison", comparison);
        requireOfTime(window, "the sources of a comparison");
        return new ComparisonAnswer(
                comparison, window, reader.inside(() -> new ComparisonScan(comparison, source, maxStretches)), reader);
    }

    private static Window requireOfTime(final Window window, final String whose) {
        requireGiven("window", window);
        if (window instanceof Window.LastPoints) {
            throw new IllegalArgumentException(
                    "window=" + window + ", expected a window of time, because " + whose + " have no points in common");
        }
        return window;
    }

    private static void requireGiven(final String name, final Object value) {
        Objects.requireNonNull(value, () -> name + "=null, expected a value");
    }
}
