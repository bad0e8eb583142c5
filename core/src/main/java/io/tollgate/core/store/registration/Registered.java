package io.tollgate.core.store.registration;

import io.tollgate.api.series.Window;
import io.tollgate.core.operation.WindowRegistrationOperation;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The registrations of a series or a pattern: the data kept beside the points. Immutable.
 *
 * @param windows     distinct, in the order of their registration.
 * @param keepsShapes whether summaries keep the sums for shapes.
 */
public record Registered(List<Window> windows, boolean keepsShapes) {
    /** No registration. */
    public static final Registered NOTHING = new Registered(List.of(), false);

    /**
     * Copies the windows.
     *
     * @param windows     distinct, in the order of their registration.
     * @param keepsShapes whether summaries keep the sums for shapes.
     */
    public Registered {
        windows = List.copyOf(windows);
    }

    /**
     * Returns the registrations of an operation.
     *
     * @param operation the operation.
     * @return its windows, and whether it asks for shapes.
     */
    public static Registered of(final WindowRegistrationOperation operation) {
        final Window[] windows = new Window[operation.windowCount()];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = WindowCodes.window(operation.buffer(), operation.windowOffset(i));
        }
        return new Registered(List.of(windows), operation.moments() == SeriesRecordDescriptor.MOMENTS_OF_SHAPES);
    }

    /**
     * Returns the union with other registrations.
     *
     * @param other registrations to add.
     * @return both together.
     */
    public Registered with(final Registered other) {
        if (isNothing() || other.isNothing()) {
            return isNothing() ? other : this;
        }
        final Set<Window> all = new LinkedHashSet<>(windows);
        all.addAll(other.windows);
        return new Registered(List.copyOf(all), keepsShapes || other.keepsShapes);
    }

    /**
     * Returns the registrations that another one lacks.
     *
     * @param other existing registrations.
     * @return the difference.
     */
    public Registered without(final Registered other) {
        if (other.isNothing()) {
            return this;
        }
        return new Registered(
                windows.stream()
                        .filter(window -> !other.windows.contains(window))
                        .toList(),
                keepsShapes && !other.keepsShapes);
    }

    /** {@return true if this is empty} */
    public boolean isNothing() {
        return windows.isEmpty() && !keepsShapes;
    }
}
