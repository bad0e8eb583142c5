package io.tollgate.flink.cluster;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Memory of another JVM after a collection of its heap.
 *
 * @param metaspace bytes of class metadata.
 * @param classes   number of loaded classes.
 * @param heap      used bytes of the heap.
 * @param resident  bytes of the process in memory; with a heap of fixed size, all growth is outside of it.
 */
record ProcessMemory(long metaspace, long classes, long heap, long resident) {
    static ProcessMemory of(final Process process) throws IOException, AttachNotSupportedException {
        final VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        final String agent = machine.startLocalManagementAgent();
        machine.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agent))) {
            final MBeanServerConnection beans = connector.getMBeanServerConnection();
            final MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
            memory.gc();
            final MemoryPoolMXBean metaspace = ManagementFactory.newPlatformMXBeanProxy(
                    beans,
                    ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",name=Metaspace",
                    MemoryPoolMXBean.class);
            final ClassLoadingMXBean classes = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.CLASS_LOADING_MXBEAN_NAME, ClassLoadingMXBean.class);
            return new ProcessMemory(
                    metaspace.getUsage().getUsed(),
                    classes.getLoadedClassCount(),
                    memory.getHeapMemoryUsage().getUsed(),
                    resident(process));
        }
    }

    private static long resident(final Process process) throws IOException {
        final String line = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(text -> text.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }

    @Override
    public String toString() {
        return "metaspace " + kb(metaspace) + ", " + classes + " classes, heap " + kb(heap) + ", resident "
                + kb(resident);
    }

    private static String kb(final long bytes) {
        return (bytes >> 10) + " kB";
    }
}
