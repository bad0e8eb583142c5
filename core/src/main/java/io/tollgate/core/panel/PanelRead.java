package io.tollgate.core.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Window;
import io.tollgate.core.group.GroupState;
import io.tollgate.core.group.MemberTable;
import io.tollgate.core.number.GroupQuotients;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.window.WindowBounds;
import java.util.Optional;

/**
 * A repeatable read of a group or a hierarchy into the answers of its nodes. It uses the kept sums if they are of the
 * requested instant, otherwise the members. Used by one thread.
 */
public final class PanelRead {
    private final PanelSubject subject;
    private final GroupScan scan;
    private final LevelReader reader;
    private final Optional<GroupState> state;
    private final WindowBounds bounds = new WindowBounds();
    private final NodeAnswers answers;

    /**
     * Creates a read.
     *
     * @param state the kept sums, empty if there are none.
     */
    PanelRead(
            final PanelSubject subject,
            final GroupScan scan,
            final LevelReader reader,
            final Optional<GroupState> state,
            final GroupQuotients quotients) {
        this.subject = subject;
        this.scan = scan;
        this.reader = reader;
        this.state = state;
        answers = new NodeAnswers(this, scan, quotients);
    }

    PanelSubject subject() {
        return subject;
    }

    LevelReader reader() {
        return reader;
    }

    NodeAnswers answers() {
        return answers;
    }

    /** Returns the members as of the last read. */
    public MemberTable roster() {
        return scan.roster();
    }

    /** Adds the series that were defined up to now. */
    void prepare() {
        reader.prepare(scan);
        answers.addStanding();
    }

    /** Reads at an instant, or over a window that ends at it. */
    void read(final long atNs) {
        Instants.requireInRange(atNs);
        if (subject.window().isPresent()) {
            read(subject.window().get(), atNs);
        } else if (tryReadState(atNs)) {
            reader.requireOpen();
        } else {
            readMembers(atNs);
        }
    }

    /** Reads at an instant from the kept sums. Returns false if they are not of that instant. */
    public boolean tryReadState(final long atNs) {
        if (state.isEmpty() || !state.get().tryRead(atNs, answers)) {
            return false;
        }
        answers.at(atNs);
        return true;
    }

    private void readMembers(final long atNs) {
        final Status status = fill(scan.at(atNs));
        if (status == Status.OK) {
            answers.at(atNs, scan.changesAtNs());
        } else {
            answers.none(status, atNs);
        }
    }

    private void read(final Window window, final long atNs) {
        reader.resolve(window, atNs, bounds);
        final Status status = fill(scan.over(bounds.startNs(), atNs));
        if (status == Status.OK) {
            answers.over(bounds.lengthNs(), atNs);
        } else {
            answers.none(status, atNs);
        }
    }

    private Status fill(final GroupScan attempt) {
        final Status status = reader.read(attempt.levels(), attempt);
        answers.addStanding();
        return status;
    }
}
