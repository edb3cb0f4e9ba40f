using System.Text;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli;

/// <summary>What a command has around it: where its output goes, the time, and files.</summary>
/// <param name="Output">Receives results.</param>
/// <param name="Error">Receives diagnostics.</param>
/// <param name="Clock">The time.</param>
/// <param name="Colour">Whether output may be coloured.</param>
/// <param name="Folder">Where the usual settings lie; empty for the current directory.</param>
/// <param name="Width">How many characters a line of the output has.</param>
/// <param name="Variables">The environment, which a test sets; null for that of the process.</param>
/// <param name="Stop">Ends what goes on until somebody ends it, as Ctrl-C does.</param>
public sealed record Surroundings(
    TextWriter Output, TextWriter Error, IClock Clock, bool Colour, string Folder = "", int Width = Surroundings.WholeLines, Func<string, string?>? Variables = null, CancellationToken Stop = default)
{
    /// <summary>The width where nobody looks: somebody who sends the table somewhere wants whole lines.</summary>
    public const int WholeLines = 400;

    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The value of an environment variable; null where it is not set.</summary>
    public string? Variable(string name) => (Variables ?? Environment.GetEnvironmentVariable)(name);

    /// <summary>Reads a file, or reports why it cannot be read and gives up.</summary>
    public byte[] ReadBytes(string file)
    {
        if (Directory.Exists(file))
        {
            throw Refuse(Messages.FileIsFolder(file));
        }

        if (!File.Exists(file))
        {
            throw Refuse(Messages.FileNotFound(file));
        }

        try
        {
            // What a file says of its length is not asked: a device or a pipe has none, and may never end.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var bytes = new MemoryStream();
            var block = new byte[64 * 1024];
            for (int read; bytes.Length <= MaxBytes && (read = stream.Read(block)) > 0;)
            {
                bytes.Write(block, 0, read);
            }

            return bytes.Length <= MaxBytes ? bytes.ToArray() : throw Refuse(Messages.FileTooLong(file, MaxBytes));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Refuse(Messages.FileNotReadable(file, refused is UnauthorizedAccessException ? "access is denied" : "it cannot be opened"));
        }
    }

    /// <summary>Reads a text file.</summary>
    public string ReadText(string file)
    {
        var bytes = ReadBytes(file).AsSpan();
        bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            var at = JsonSyntaxReader.InvalidAt(bytes);
            throw Refuse(Messages.FileNotUtf8(new(file, at, at)));
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The value that was read; its mistakes are reported, and end the command.</summary>
    public T Use<T>(Read<T> read)
        where T : class
    {
        Report(read.Diagnostics);
        return read.Value ?? throw new InputMistake();
    }

    /// <summary>Prints diagnostics.</summary>
    public void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Error.WriteLine(PlainText.Of(diagnostic.ToString()));
        }
    }

    /// <summary>Prints a line in which text of files may stand.</summary>
    public void Say(string line) => Output.WriteLine(PlainText.Of(line));

    private InputMistake Refuse(Diagnostic diagnostic)
    {
        Report([diagnostic]);
        return new InputMistake();
    }
}

/// <summary>The input has mistakes, which have been reported.</summary>
public sealed class InputMistake : Exception;

/// <summary>The command line lacks something that no settings supply either.</summary>
/// <param name="mistakes">What is missing, in a sentence each.</param>
public sealed class WrongUsage(IReadOnlyCollection<string> mistakes) : Exception
{
    /// <summary>What is missing, in a sentence each.</summary>
    public IReadOnlyCollection<string> Mistakes { get; } = mistakes;
}
