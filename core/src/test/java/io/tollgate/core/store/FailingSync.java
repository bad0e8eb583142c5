package io.tollgate.core.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;

/** A disk that refuses one of the calls by which maps are forced, as long as this is open. Nobody else forces maps. */
public final class FailingSync implements AutoCloseable {
    private static final int EIO = 5;

    private final PosixAPI system = PosixAPI.posix();
    private final int failing;
    private int count;

    /** Fails the call of a number, from 0, and no other. */
    public FailingSync(final int failing) {
        this.failing = failing;
        PosixAPIHolder.POSIX_API = (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("msync") && count++ == failing) {
                        return -1;
                    }
                    if (method.getName().equals("lastError")) {
                        return EIO;
                    }
                    try {
                        return method.invoke(system, arguments);
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public boolean hasFailed() {
        return count > failing;
    }

    @Override
    public void close() {
        PosixAPIHolder.POSIX_API = system;
    }
}
