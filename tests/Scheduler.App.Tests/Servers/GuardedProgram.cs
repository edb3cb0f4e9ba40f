using System.Diagnostics;

namespace Scheduler.App.Tests.Servers;

/// <summary>
/// A program that works in a folder, and a shell beside it that waits for the end of its standard input. That comes when the process that holds the other end has ended, even by kill -9, or
/// by <see cref="EndAsync"/>. Then the shell ends the program and removes the folder.
/// </summary>
/// <remarks>A signal at the parent's death would not do: it comes when the thread that started the program has ended, and threads of a pool do.</remarks>
internal sealed class GuardedProgram : IDisposable
{
    /// <summary>INT asks PostgreSQL to end in order without waiting for clients, QUIT to end at once; each has ten seconds. They are repeated, since a program that only just begins does not hear them yet.</summary>
    private const string Guard =
        """
        folder=$1
        shift
        exec 3<&0 </dev/null >>"$folder/log" 2>&1
        "$@" 3<&- &
        program=$!
        {
          read -r _ <&3
          : >"$folder/left"
          for signal in INT QUIT KILL; do
            tenths=0
            while [ "$tenths" -lt 100 ] && kill -s "$signal" "$program"; do
              sleep 0.1
              tenths=$((tenths + 1))
            done
          done
        } 2>/dev/null &
        watch=$!
        wait "$program"
        code=$?
        kill "$watch" 2>/dev/null
        if [ -e "$folder/left" ]; then rm -rf "$folder"; fi
        exit "$code"
        """;

    private readonly Process process;

    private GuardedProgram(Process process) => this.process = process;

    public bool HasEnded => process.HasExited;

    /// <summary>Starts a program in a group of its own, so that Ctrl-C and a kill of the tests' group reach only the tests. What it says goes to the file `log` of the folder.</summary>
    public static GuardedProgram Start(string folder, params IEnumerable<string> words)
    {
        var start = ServerUser.Command(["setsid", "--wait", "sh", "-c", Guard, "guard", folder, .. words]);
        start.WorkingDirectory = folder;
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for the program to end by itself; answers its exit code.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    /// <summary>Ends the program, if it still runs, and then removes the folder.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.Dispose();
    }
}
