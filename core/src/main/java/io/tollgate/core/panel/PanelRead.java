package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.Status;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;

/**
 * One read of a group or a hierarchy, over and over: from what is kept of it where that is of the instant, else from
 * its members; into the answers of its nodes. Used by one thread.
 */
final class PanelRead implements SumsTarget {
    private final Group group;
    private final GroupScan scan;
    private final Optional<GroupState> state;
    private final GroupQuotients quotients;
    private final Predicate<String> isWanted;
    /** The answers of the nodes that are wanted, and which nodes these are: a read costs nothing for the others. */
    private final List<GroupAnswer> answers = new ArrayList<>();

    private final IntArrayList wanted = new IntArrayList();
    private final Int2ObjectHashMap<GroupAnswer> answersByNode = new Int2ObjectHashMap<>();
    private int nodeCount;
    private long keptUntilNs;

    /**
     * A read.
     *
     * @param state    what is kept, empty if nothing is.
     * @param isWanted which nodes are.
     */
    PanelRead(
            final Group group,
            final Optional<Hierarchy> hierarchy,
            final LevelSource source,
            final MemberLevels member,
            final Optional<GroupState> state,
            final GroupQuotients quotients,
            final Predicate<String> isWanted) {
        this.group = group;
        this.state = state;
        this.quotients = quotients;
        this.isWanted = isWanted;
        scan = new GroupScan(group, hierarchy, source, member);
        addAnswers();
    }

    private void addAnswers() {
        for (; nodeCount < scan.roster().nodes().size(); nodeCount++) {
            if (isWanted.test(scan.roster().nodes().list().get(nodeCount))) {
                final GroupAnswer answer = new GroupAnswer(group, scan, nodeCount, quotients);
                answers.add(answer);
                wanted.addInt(nodeCount);
                answersByNode.put(nodeCount, answer);
            }
        }
    }

    /** The members as of the last read. */
    Roster roster() {
        return scan.roster();
    }

    /** The answer of a node, null if it is not wanted. */
    GroupAnswer answer(final int node) {
        return answersByNode.get(node);
    }

    /** Takes in what was defined up to now. */
    void prepare(final LevelReader reader) {
        reader.prepare(scan);
        addAnswers();
    }

    /** Reads at an instant from what is kept, if it is of that instant. */
    boolean tryReadState(final long atNs) {
        if (state.isEmpty() || !state.get().tryRead(atNs, this)) {
            return false;
        }
        at(atNs, keptUntilNs);
        return true;
    }

    @Override
    public boolean take(final GroupSums[] sums, final int edition, final long untilNs) {
        if (edition != scan.roster().edition()) {
            return false;
        }
        for (int i = 0; i < answers.size(); i++) {
            final int node = wanted.getInt(i);
            if (node >= sums.length || sums[node] == null) {
                return false;
            }
            answers.get(i).take(sums[node]);
        }
        keptUntilNs = untilNs;
        return true;
    }

    /** Reads at an instant from the members. */
    void read(final LevelReader reader, final long knownAtNs, final long atNs) {
        final Status status = read(reader, knownAtNs, scan.at(atNs));
        if (status == Status.OK) {
            at(atNs, scan.changesAtNs());
        } else {
            none(status, atNs);
        }
    }

    /** Reads over a window from the members. */
    void read(final LevelReader reader, final long knownAtNs, final long fromNs, final long atNs, final long lengthNs) {
        final Status status = read(reader, knownAtNs, scan.over(fromNs, atNs));
        if (status != Status.OK) {
            none(status, atNs);
            return;
        }
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).over(lengthNs, atNs);
        }
    }

    private Status read(final LevelReader reader, final long knownAtNs, final GroupScan attempt) {
        attempt.levels().seeAsKnownAt(knownAtNs);
        final Status status = reader.read(attempt.levels(), attempt);
        addAnswers();
        return status;
    }

    private void at(final long atNs, final long changesAtNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).at(atNs, changesAtNs);
        }
    }

    private void none(final Status status, final long atNs) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).none(status, atNs);
        }
    }
}
