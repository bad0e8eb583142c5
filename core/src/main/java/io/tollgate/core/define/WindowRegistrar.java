package io.tollgate.core.define;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.LimitExceededException;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Window;
import io.tollgate.api.series.WindowRegistration;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.config.Limits;
import io.tollgate.core.operation.WindowRegistrationOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import io.tollgate.core.store.registration.Registered;
import io.tollgate.core.store.registration.WindowCodes;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Registers windows by pattern. Engine thread only. */
public final class WindowRegistrar {
    private final SeriesStore store;
    private final OperationJournal journal;
    private final Limits limits;
    private final WindowRegistrationOperation operation = new WindowRegistrationOperation();

    public WindowRegistrar(final SeriesStore store, final OperationJournal journal, final Limits limits) {
        this.store = store;
        this.journal = journal;
        this.limits = limits;
    }

    /** Returns the check that must finish before {@link #register}, without another command in between. */
    public BooleanSupplier check(final WindowRegistration registration) {
        final RegistrationCheck check =
                new RegistrationCheck(store, registration.pattern(), registeredOf(registration));
        return () -> {
            if (!check.getAsBoolean()) {
                return false;
            }
            requirePossible(registration);
            return true;
        };
    }

    /** Refuses a registration that exceeds the limits, and reserves log space for it. */
    private void requirePossible(final WindowRegistration registration) {
        final String pattern = registration.pattern();
        final Registered before = store.registrations().under(pattern).orElse(Registered.NOTHING);
        final Registered added = registeredOf(registration).without(before);
        if (!added.isNothing()) {
            requireSpace(pattern);
            requireWindowCount("pattern=" + pattern, before.with(added));
            final int windowCount = added.windows().size();
            journal.requireForCommand("pattern=" + pattern, WindowRegistrationOperation.maxLength(windowCount));
        }
    }

    /** Registers the windows that are not registered under the same pattern yet. */
    public void register(final WindowRegistration registration) {
        final String pattern = registration.pattern();
        final Registered before = store.registrations().under(pattern).orElse(Registered.NOTHING);
        final Registered added = registeredOf(registration).without(before);
        if (added.isNothing()) {
            return;
        }
        requireSpace(pattern);
        try {
            encode(pattern, added);
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
    }

    private static Registered registeredOf(final WindowRegistration registration) {
        return new Registered(registration.windows(), registration.keepsShapes());
    }

    private void requireSpace(final String pattern) {
        final long patternCount = store.registrations().patternCount();
        final boolean isNew = store.registrations().under(pattern).isEmpty();
        final String subject = "pattern=" + pattern + " patternCount=" + patternCount;
        if (isNew && patternCount >= limits.maxPatternCount()) {
            throw new LimitExceededException(
                    subject + ", expected room for one more within maxPatternCount=" + limits.maxPatternCount()
                            + "; raise the limit, or use fewer patterns with '*'",
                    "maxPatternCount",
                    limits.maxPatternCount());
        }
        if (!store.blocks().hasSpace(1)) {
            throw new DiskFullException(subject, "expected room for one more pattern; make room, and call again");
        }
    }

    /** Refuses more windows than a series can have. */
    static void requireWindowCount(final String subject, final Registered registered) {
        final int count = registered.windows().size();
        if (count > SeriesDefinition.MAX_WINDOWS) {
            throw new LimitExceededException(
                    subject + " windows=" + count + ", expected at most " + SeriesDefinition.MAX_WINDOWS
                            + " with those registered before and by pattern; register fewer",
                    "MAX_WINDOWS",
                    SeriesDefinition.MAX_WINDOWS);
        }
    }

    private void encode(final String pattern, final Registered added) {
        final List<Window> windows = added.windows();
        operation.encode(
                journal.buffer(),
                journal.offset(),
                added.keepsShapes()
                        ? SeriesRecordDescriptor.MOMENTS_OF_SHAPES
                        : SeriesRecordDescriptor.MOMENTS_TO_SECOND,
                windows.size(),
                pattern);
        for (int i = 0; i < windows.size(); i++) {
            WindowCodes.put(journal.buffer(), operation.windowOffset(i), windows.get(i));
        }
        journal.add();
    }
}
