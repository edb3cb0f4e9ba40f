using System.Text.Json;

namespace Scheduler.App.Tests.Books.Deaths;

/// <summary>Where a book is kept, to be told to another process.</summary>
/// <param name="Folder">The folder of its file; null where a server keeps it.</param>
/// <param name="Worker">How the program works in it.</param>
/// <param name="Owner">How its tables are made.</param>
internal sealed record BookPlace(string? Folder, string? Worker = null, string? Owner = null)
{
    public string AsText() => JsonSerializer.Serialize(this);

    public static BookPlace Of(string text) => JsonSerializer.Deserialize<BookPlace>(text)!;

    public TestBook Open() => Folder is { } folder ? NewBooks.Sqlite(folder) : NewBooks.Postgres(Worker!, Owner!);
}
