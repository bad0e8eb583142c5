package io.tollgate.flink.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A standalone cluster: a job manager and task managers in JVMs of their own, from the main classes of Flink. Their
 * class path, the folder {@code lib} of a cluster, has Tollgate. A job brings the classes of tests in its own jar.
 */
final class StandaloneCluster implements AutoCloseable {
    /** Slots of each task manager. */
    static final int SLOTS = 2;

    /** The packages that the configuration file of Flink opens, and the one that the guide adds. */
    private static final String OPENED = Stream.of("java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.misc")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .reduce((one, other) -> one + ' ' + other)
            .orElseThrow();

    private static final String HOST = "localhost";

    private final Path directory;
    private final Path jar;
    private final int restPort;
    private final Process jobManager;
    private final Deque<Process> taskManagers = new ArrayDeque<>();
    private final RestClusterClient<StandaloneClusterId> client;
    private final HttpClient http = HttpClient.newHttpClient();
    private int started;

    /** Starts a job manager, which writes to a directory. */
    StandaloneCluster(final Path directory) throws Exception {
        this.directory = directory;
        jar = jobJar(directory.resolve("job.jar"));
        restPort = freePort();
        final Map<String, Object> options = Map.ofEntries(
                Map.entry("jobmanager.rpc.address", HOST),
                Map.entry("jobmanager.rpc.port", freePort()),
                Map.entry("rest.address", HOST),
                Map.entry("rest.port", restPort),
                Map.entry("blob.storage.directory", Files.createDirectory(directory.resolve("blobs"))),
                Map.entry("io.tmp.dirs", Files.createDirectory(directory.resolve("tmp"))),
                Map.entry("env.java.opts.taskmanager", OPENED),
                Map.entry("taskmanager.host", HOST),
                Map.entry("taskmanager.numberOfTaskSlots", SLOTS),
                Map.entry("taskmanager.memory.process.size", "1280m"),
                Map.entry("taskmanager.memory.task.off-heap.size", "256m"),
                Map.entry("taskmanager.memory.managed.size", "64m"),
                Map.entry("heartbeat.interval", "500 ms"),
                // The end of a process shows at once by failed calls. A machine that pauses is no failure.
                Map.entry("heartbeat.timeout", "3 min"));
        Files.write(
                directory.resolve("config.yaml"),
                options.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .toList());
        jobManager = start("jobmanager", List.of("-Xmx256m"), StandaloneSessionClusterEntrypoint.class, Stream.of());
        final Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.PORT, restPort);
        client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance());
        ChildJvm.await("job manager", () -> get("/overview").contains("taskmanagers"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Packs the classes of tests, which a job needs on the cluster. */
    private static Path jobJar(final Path jar) throws IOException {
        final Path classes = ChildJvm.classesOfTests();
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return jar;
    }

    private Process start(
            final String name, final List<String> flags, final Class<?> main, final Stream<String> arguments)
            throws IOException {
        final List<String> all = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Djava.io.tmpdir=" + directory));
        all.addAll(flags);
        final Stream<String> options = Stream.of("--configDir", directory.toString());
        return ChildJvm.start(
                directory,
                name,
                all,
                main.getName(),
                Stream.concat(options, arguments).toArray(String[]::new));
    }

    /** Starts a task manager, and waits until it has registered. */
    Process startTaskManager() throws Exception {
        started++;
        // The scripts of Flink compute flags and options with the same methods.
        final TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(
                GlobalConfiguration.loadConfiguration(directory.toString()));
        final List<String> flags = new ArrayList<>(
                List.of(ProcessMemoryUtils.generateJvmParametersStr(memory).split(" ")));
        // A heap that is touched at the start does not grow: then all growth of the process is outside of the heap.
        flags.add("-XX:+AlwaysPreTouch");
        flags.addAll(List.of(OPENED.split(" ")));
        final String name = "taskmanager-" + started;
        final String[] options =
                TaskExecutorProcessUtils.generateDynamicConfigsStr(memory).split(" ");
        final Process process = start(
                name,
                flags,
                TaskManagerRunner.class,
                Stream.concat(Stream.of(options), Stream.of("-D", "taskmanager.resource-id=" + name)));
        taskManagers.add(process);
        ChildJvm.await(name, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + ": exit code " + process.exitValue());
            }
            return get("/taskmanagers").contains('"' + name + '"');
        });
        return process;
    }

    /** Kills the task manager that was started first, of those that run. */
    void killTaskManager() {
        ChildJvm.kill(taskManagers.remove());
    }

    /** Submits a job. */
    JobID submit(final StreamExecutionEnvironment environment) throws Exception {
        final JobGraph job = environment.getStreamGraph().getJobGraph();
        job.addJar(new org.apache.flink.core.fs.Path(jar.toUri()));
        return client.submitJob(job).get();
    }

    /** Waits until a job has completed so many checkpoints. */
    void awaitCheckpoints(final JobID job, final long count) throws Exception {
        ChildJvm.await(count + " checkpoints", () -> count(job, "completed") >= count);
    }

    /** Waits until a job was restored so often from a checkpoint. */
    void awaitRestores(final JobID job, final long count) throws Exception {
        ChildJvm.await(count + " restores", () -> count(job, "restored") >= count);
    }

    /** Returns a number of checkpoints: completed, restored, ... */
    long count(final JobID job, final String kind) throws IOException, InterruptedException {
        return number(get("/jobs/" + job + "/checkpoints"), kind);
    }

    /** Waits for the end of a job, and throws its failure. */
    void await(final JobID job) throws Exception {
        final JobResult result = client.requestJobResult(job).get();
        result.toJobExecutionResult(Thread.currentThread().getContextClassLoader());
    }

    private String get(final String path) throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ':' + restPort + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Returns the first number of a name in a text of JSON, or -1. */
    private static long number(final String json, final String name) {
        final Matcher matcher = Pattern.compile('"' + name + "\":(\\d+)").matcher(json);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    @Override
    public void close() {
        client.close();
        taskManagers.forEach(ChildJvm::kill);
        ChildJvm.kill(jobManager);
    }
}
