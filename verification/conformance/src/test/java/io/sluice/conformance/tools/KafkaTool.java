package io.sluice.conformance.tools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.utils.Exit;

/// Runs the main class of one of Kafka's command-line tools in this process, which is ten times faster than a JVM for each call.
///
/// The tools own the process's standard streams and its exit: one runs at a time.
final class KafkaTool {
    private static final ReentrantLock STREAMS = new ReentrantLock();

    private KafkaTool() {}

    /// What a tool printed, and the status it ended with.
    record Outcome(int status, String out, String err) {}

    /// Runs `mainClass` as the command line `arguments` (split at blanks) asks for.
    static Outcome run(String mainClass, String arguments) {
        return runWithInput(mainClass, arguments, "");
    }

    static Outcome runWithInput(String mainClass, String arguments, String input) {
        STREAMS.lock();
        var in = System.in;
        var out = System.out;
        var err = System.err;
        var printed = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            var status = statusOf(mainClass, arguments.split(" "));
            System.out.flush();
            return new Outcome(
                    status,
                    printed.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
            STREAMS.unlock();
        }
    }

    private static int statusOf(String mainClass, String[] arguments) {
        var exits = new ConcurrentLinkedQueue<Integer>();
        var hooks = new ConcurrentLinkedQueue<Runnable>();
        Exit.Procedure exit =
                (status, _) -> {
                    exits.add(status);
                    throw new Exited(status);
                };
        Exit.setExitProcedure(exit);
        Exit.setHaltProcedure(exit);
        Exit.setShutdownHookAdder((_, hook) -> hooks.add(hook));
        try {
            Class.forName(mainClass)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException thrown) {
            if (!(thrown.getCause() instanceof Exited)) {
                throw new AssertionError(mainClass + " failed", thrown.getCause());
            }
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(mainClass, missing);
        } finally {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
            Exit.resetShutdownHookAdder();
        }
        hooks.forEach(Runnable::run);
        // The first one: some tools catch whatever happens, the end of the process included, and
        // exit once more.
        var first = exits.peek();
        return first == null ? 0 : first;
    }

    /// Takes the place of the end of the process.
    private static final class Exited extends Error {
        private static final long serialVersionUID = 1L;

        Exited(int status) {
            super("exit " + status, null, false, false);
        }
    }
}
