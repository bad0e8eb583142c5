package io.tollgate.core.timeline;

import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Status;
import io.tollgate.core.panel.MemberReader;

/** A stack, for goods that are entered at an instant. */
final class StackCursor implements PanelCursor {
    private final StackReading reading;

    StackCursor(final Stack stack, final MemberReader reader) {
        reading = reader.stack(stack);
    }

    @Override
    public void read(final long atNs) {
        reading.read(atNs);
    }

    @Override
    public Status status() {
        return reading.status();
    }

    @Override
    public double value() {
        return reading.rate();
    }

    @Override
    public long nextNs(final long atNs) {
        read(atNs);
        return PanelCursor.orNever(reading.nextChangeAtNs());
    }
}
