package io.tollgate.core.store.registration;

import io.tollgate.api.series.Window;
import io.tollgate.core.operation.WindowRegistrationOperation;
import io.tollgate.core.store.block.SeriesRecordDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is registered of a series or a pattern: what is kept beside the points. Immutable.
 *
 * @param windows     each once, in the order of their registration.
 * @param keepsShapes whether summaries keep the sums behind shapes.
 */
public record Registered(List<Window> windows, boolean keepsShapes) {
    /** Nothing. */
    public static final Registered NOTHING = new Registered(List.of(), false);

    /**
     * Copies the windows.
     *
     * @param windows     each once, in the order of their registration.
     * @param keepsShapes whether summaries keep the sums behind shapes.
     */
    public Registered {
        windows = List.copyOf(windows);
    }

    /**
     * The windows that an operation registers.
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
     * The same and more.
     *
     * @param other what is registered in addition.
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
     * What this has and another has not.
     *
     * @param other what is registered already.
     * @return the rest.
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

    /** {@return whether this is nothing} */
    public boolean isNothing() {
        return windows.isEmpty() && !keepsShapes;
    }
}
