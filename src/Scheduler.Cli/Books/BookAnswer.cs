using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary>Prints what a use case answered, or why not.</summary>
internal static class BookAnswer
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Asks, and prints the answer for people or for programs; the exit code.</summary>
    /// <param name="book">The book.</param>
    /// <param name="ask">What is asked.</param>
    /// <param name="json">The answer for programs, whose members are named as they are printed.</param>
    /// <param name="text">Prints it for people.</param>
    public static async Task<int> Answer<T>(this OpenBook book, Ask<T> ask, Func<T, object> json, Action<T> text)
        where T : class
    {
        var answer = await book.App.Send(ask);
        return answer.IsDone ? book.Print(answer.Value, json, text) : Refuse(book.Around, answer.Refusal);
    }

    /// <summary>Prints for people or for programs; the exit code.</summary>
    public static int Print<T>(this OpenBook book, T answer, Func<T, object> json, Action<T> text)
    {
        if (book.IsJson)
        {
            Write(book.Around, json(answer));
        }
        else
        {
            text(answer);
        }

        return ExitCode.Done;
    }

    /// <summary>Prints for programs.</summary>
    public static void Write(Surroundings around, object json) => around.Output.Write(JsonSerializer.Serialize(json, Json) + "\n");

    /// <summary>Writes a text file that is not there yet. Why not; null where it is written.</summary>
    public static async Task<Refusal?> WriteNew(string path, Func<TextWriter, Task> write)
    {
        try
        {
            await using var text = new StreamWriter(new FileStream(path, FileMode.CreateNew)) { NewLine = "\n" };
            await write(text);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Refusals.FileNotWritable(path, exists: Path.Exists(path));
        }
    }

    /// <summary>Says why not; the exit code that tells it.</summary>
    public static int Refuse(Surroundings around, Refusal refusal)
    {
        around.Error.WriteLine(PlainText.Of($"{refusal.Code}: {refusal.Message}"));
        foreach (var detail in refusal.Details)
        {
            around.Error.WriteLine(PlainText.Of($"- {detail}"));
        }

        return CodeOf(refusal.Kind);
    }

    /// <summary>The exit code that tells a kind of refusal.</summary>
    public static int CodeOf(RefusalKind kind) => kind == RefusalKind.Impossible ? ExitCode.Infeasible : ExitCode.Mistakes;

    /// <summary>A wall time as programs read it, with the clinic's offset at that moment; null for none.</summary>
    public static string? Time(this OpenBook book, LocalDateTime? time) => time is { } known ? Texts.Time(known.InZoneLeniently(book.At.Zone).ToOffsetDateTime()) : null;
}
