package io.tollgate.core.store.chronicle;

import com.kenai.jffi.Function;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import net.openhft.posix.PosixAPI;

/**
 * Our own implementation of two Linux calls, {@code fallocate(2)} and {@code madvise(2)}, which calls the C library
 * directly. Chronicle's implementation generates a class with all calls that it supports. The generation takes longer
 * than loading the native library. Chronicle's implementation is used only for other calls, and if {@code fallocate}
 * fails, because it has fallbacks.
 *
 * <p>Only for 64-bit JVMs, because offsets and lengths of the C library then have 64 bits. Any thread may call it.
 */
final class LinuxCalls implements InvocationHandler {
    private final Function fallocate = function("fallocate", Type.SINT32, Type.SINT32, Type.SINT64, Type.SINT64);
    private final Function madvise = function("madvise", Type.POINTER, Type.SINT64, Type.SINT32);
    private final Supplier<PosixAPI> loading;
    private PosixAPI loaded;

    private LinuxCalls(final Supplier<PosixAPI> loading) {
        this.loading = loading;
    }

    /**
     * Creates a proxy in front of Chronicle's implementation.
     *
     * @param loading loads Chronicle's implementation at the first call that needs it; called again only if it threw.
     * @return an API for Chronicle.
     * @throws LinkageError if the native library cannot be loaded, or the C library lacks one of the two
     *     functions
     * @throws RuntimeException if the native library cannot call the two functions
     */
    static PosixAPI before(final Supplier<PosixAPI> loading) {
        return (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, new LinuxCalls(loading));
    }

    /** A function of the C library that returns an {@code int}. */
    private static Function function(final String name, final Type... parameters) {
        final long address = Library.getDefault().getSymbolAddress(name);
        if (address == 0) {
            throw new UnsatisfiedLinkError("function=" + name + ": found none in the C library");
        }
        return new Function(address, Type.SINT32, parameters);
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        // Another overload takes an enum. Chronicle implements it by a call of this overload.
        if (method.getName().equals("madvise") && arguments[2] instanceof Integer advice) {
            return madvise((long) arguments[0], (long) arguments[1], advice);
        }
        if (method.getName().equals("fallocate")) {
            return fallocate((int) arguments[0], (int) arguments[1], (long) arguments[2], (long) arguments[3]);
        }
        try {
            return method.invoke(loaded(), arguments);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private int fallocate(final int descriptor, final int mode, final long offset, final long length) {
        final long result = Invoker.getInstance().invokeNNNNrN(fallocate, descriptor, mode, offset, length);
        if ((int) result == 0) {
            return 0;
        }
        final PosixAPI others;
        try {
            others = loaded();
        } catch (final RuntimeException | LinkageError e) {
            return (int) result;
        }
        return others.fallocate(descriptor, mode, offset, length);
    }

    private int madvise(final long address, final long length, final int advice) {
        return (int) Invoker.getInstance().invokeNNNrN(madvise, address, length, advice);
    }

    private synchronized PosixAPI loaded() {
        if (loaded == null) {
            loaded = loading.get();
        }
        return loaded;
    }
}
