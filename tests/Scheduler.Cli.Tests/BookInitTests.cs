using Microsoft.Data.Sqlite;
using NodaTime;

namespace Scheduler.Cli.Tests;

/// <summary>Making a book.</summary>
public sealed class BookInitTests
{
    [Fact]
    public void A_folder_that_has_a_book_is_left_as_it_is()
    {
        using var scratch = new Scratch();
        Assert.Equal(0, BookOfSample.Ask(scratch.Folder, "init", "--as", "root").ExitCode);
        var before = File.ReadAllBytes(Book(scratch));

        foreach (var again in new[] { BookOfSample.Ask(scratch.Folder, "init", "--as", "other"), BookOfSample.Ask(scratch.Folder, "init", "--sample") })
        {
            Assert.Equal((1, ""), (again.ExitCode, again.Output));
            Assert.StartsWith("BK053: There is a book in the folder '", again.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(Book(scratch)));
    }

    [Fact]
    public void An_empty_book_has_tables_an_administrator_and_no_clinic()
    {
        using var scratch = new Scratch();

        var run = BookOfSample.Ask(scratch.Folder, "init", "--as", "root");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("An empty book, of which 'root' is the administrator, is in ", run.Output, StringComparison.Ordinal);
        var day = BookOfSample.Ask(scratch.Folder, "day", "--as", "root");
        Assert.Equal((1, "BK055: The book has no clinic yet. Import the clinic's file first."), (day.ExitCode, day.Error.TrimEnd()));
    }

    [Fact]
    public void An_empty_book_needs_the_name_of_its_administrator()
    {
        using var scratch = new Scratch();

        var run = BookOfSample.Ask(scratch.Folder, "init");

        Assert.Equal((2, "Option '--as' is required: it names the first administrator."), (run.ExitCode, run.Error.Split('\n')[0].TrimEnd()));
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void Where_there_is_no_book_that_is_said()
    {
        using var scratch = new Scratch();

        var run = BookOfSample.Ask(scratch.Folder, "day", "--as", "office");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BK052: There is no book in the folder '", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_file_that_is_no_book_is_left_as_it_is()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(Path.Combine(scratch.Folder, "data"));
        File.WriteAllText(Book(scratch), new string('x', 5000));

        var run = BookOfSample.Ask(scratch.Folder, "day", "--as", "office");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BK054: The book in the folder '", run.Error, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(Book(scratch)));
    }

    [Fact]
    public void The_same_moment_makes_the_same_book()
    {
        using var one = new Scratch();
        using var other = new Scratch();
        _ = BookOfSample.Ask(one.Folder, "init", "--sample");
        _ = BookOfSample.Ask(other.Folder, "init", "--sample");

        Assert.Equal(Rows(Book(one)), Rows(Book(other)));
    }

    [Theory]
    [InlineData(2027, 1, 2, 3, 0)]
    [InlineData(2027, 3, 15, 16, 0)]
    [InlineData(2028, 7, 6, 21, 30)]
    public void At_any_time_of_the_year_the_sample_has_patients_in_all_stages(int year, int month, int day, int hour, int minute)
    {
        using var scratch = new Scratch();

        var run = BookOfSample.Ask(scratch.Folder, Instant.FromUtc(year, month, day, hour, minute), "init", "--sample");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        AssertAllStages(Book(scratch));
    }

    /// <summary>What the sample promises, told by its tables.</summary>
    private static void AssertAllStages(string file)
    {
        using var open = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        open.Open();
        long Count(string sql)
        {
            using var command = open.CreateCommand();
            command.CommandText = sql;
            return (long)command.ExecuteScalar()!;
        }

        Assert.Equal(40, Count("select count(*) from patient"));
        Assert.Equal(3, Count("select count(*) from patient p where not exists (select 1 from enrolment e where e.patient = p.id)"));
        Assert.Equal(3, Count("select count(*) from enrolment e where not exists (select 1 from course_event c where c.enrolment = e.key) and not exists (select 1 from proposal_part p where p.enrolment = e.key)"));
        Assert.Equal(2, Count("select count(distinct p.enrolment) from proposal_part p join proposal q on q.key = p.proposal where q.reserved_until is null"));
        Assert.Equal(2, Count("select count(distinct enrolment) from booking where status = 'reserved'"));
        Assert.InRange(Count("select count(*) from enrolment e where exists (select 1 from course_event c where c.enrolment = e.key) and not exists (select 1 from course_event c where c.enrolment = e.key and c.kind <> 'Booked')"), 5, 8);
        Assert.Equal(1, Count("select count(distinct enrolment) from course_event where kind = 'Missed'"));
        Assert.Equal(1, Count("select count(distinct enrolment) from course_event where kind = 'Held'"));
        Assert.InRange(Count("select count(*) from (select enrolment from booking where proposal is null group by enrolment having sum(status = 'completed') > 0 and sum(status = 'booked') > 0)"), 10, 25);
        Assert.InRange(Count("select count(*) from (select enrolment from booking where proposal is null group by enrolment having sum(status not in ('completed', 'released', 'skipped')) = 0)"), 1, 10);
    }

    /// <summary>Every row of every table, in the order of their keys.</summary>
    private static List<string> Rows(string file)
    {
        using var open = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        open.Open();
        List<string> All(string sql)
        {
            using var command = open.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
            }

            return rows;
        }

        return [.. All("select name from sqlite_master where type = 'table' order by name").SelectMany(table => All($"select '{table}', * from \"{table}\"").Order(StringComparer.Ordinal))];
    }

    private static string Book(Scratch scratch) => Path.Combine(scratch.Folder, "data", "book.db");
}
