using System.Net;
using System.Net.Sockets;
using Scheduler.Web.Tests.Served;

namespace Scheduler.Cli.Tests;

/// <summary>Reminders as a user sees them: written into files by what is served, answered by their links, and looked after from the terminal.</summary>
public sealed class RemindersTests(BookOfSample sample) : IClassFixture<BookOfSample>, IDisposable
{
    private readonly BookCopy book = sample.Copy();

    public void Dispose() => book.Dispose();

    [Fact]
    public async Task What_is_served_writes_reminders_into_files_and_a_patient_cancels_by_the_link()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var at = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var serving = Task.Run(() => CommandLine.Run(["serve", "--as", "admin", "--listen", at.ToString()], output, error, new BookOfSample.At(BookOfSample.Noon), isTerminal: false, book.Folder, stop: stop.Token));
        var outbox = Path.Combine(book.Folder, "data", "outbox");
        var mail = await Written(outbox, "*.mail.txt", serving);

        Assert.Contains("If you have a question or cannot come, please call +1 202 555 01", mail, StringComparison.Ordinal);
        var link = mail.Split($"{at}a/")[1].Split('\n')[0];
        using var patient = new Browser(at);
        Assert.Contains("I cannot come", await (await patient.Get($"/a/{link}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("knows that you cannot come", await (await patient.Post($"/a/{link}", ("reply", "Decline"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal((0, ""), (await serving, error.ToString()));

        var reply = book.Json("reminders", "open").GetProperty("replies").EnumerateArray().Single();
        Assert.Equal("cancelled", reply.GetProperty("said").GetString());
        var shown = book.Json("show", reply.GetProperty("enrolment").GetString()!).GetProperty("visits").EnumerateArray().Single(v => v.GetProperty("visit").GetString() == reply.GetProperty("visit").GetString());
        Assert.True(shown.GetProperty("toBePlaced").GetBoolean());
        Assert.Equal(0, book.Ask("reminders", "seen", $"{reply.GetProperty("number").GetInt64()}").ExitCode);
        Assert.Equal(0, book.Json("reminders", "open").GetProperty("replies").GetArrayLength());
    }

    /// <summary>The sample's clinic wants to know by noon of the day before.</summary>
    [Fact]
    public void What_nobody_has_confirmed_in_time_is_open_until_somebody_says_so()
    {
        Assert.Equal("Nothing waits for anybody.\n", book.Ask("reminders", "open").Output.ReplaceLineEndings("\n"));
        Assert.Equal(0, book.AskAs("admin", "reminders", "send-due").ExitCode);

        var open = book.Json("reminders", "open").GetProperty("unconfirmed").EnumerateArray().ToList();
        Assert.NotEmpty(open);
        var shown = book.Ask("reminders", "open").Output.ReplaceLineEndings("\n");
        Assert.StartsWith("Not confirmed:\n", shown, StringComparison.Ordinal);
        Assert.Contains("Once the patient has said so: scheduler confirm ENROLMENT VISIT", shown, StringComparison.Ordinal);

        foreach (var visit in open)
        {
            Assert.Contains(visit.GetProperty("patient").GetString()!, shown, StringComparison.Ordinal);
            Assert.Equal(0, book.Ask("confirm", visit.GetProperty("enrolment").GetString()!, visit.GetProperty("visit").GetString()!).ExitCode);
        }

        Assert.Equal(0, book.Json("reminders", "open").GetProperty("unconfirmed").GetArrayLength());
    }

    [Fact]
    public void What_is_due_is_sent_by_hand_and_listed()
    {
        var previewed = book.Json("reminders", "preview", "E-3").GetProperty("messages");
        Assert.NotEqual(0, previewed.GetArrayLength());
        var sent = book.AskAs("admin", "reminders", "send-due");
        Assert.Matches("^[0-9]+ sent\\. Messages are written into .*\n$", sent.Output.ReplaceLineEndings("\n"));
        Assert.Equal("Nothing was due.\n", book.AskAs("admin", "reminders", "send-due").Output.ReplaceLineEndings("\n"));

        var listed = book.Json("reminders", "list", "E-3").GetProperty("reminders").EnumerateArray().ToList();
        Assert.Equal(previewed.GetArrayLength(), listed.Count);
        Assert.Contains(listed, r => r.GetProperty("state").GetString() == "sent");
        Assert.Contains(listed, r => r.GetProperty("state").GetString() == "waiting");
        Assert.Contains("expected waiting, queued", book.Ask("reminders", "list", "--state", "wating").Error, StringComparison.Ordinal);
        Assert.StartsWith("BK048: ", book.Ask("reminders", "retry", "999999").Error, StringComparison.Ordinal);
        Assert.StartsWith("BK099: ", book.Ask("reminders", "seen", "999999").Error, StringComparison.Ordinal);
        Assert.StartsWith("BK015: ", book.Ask("reminders", "preview", "E-900").Error, StringComparison.Ordinal);
        Assert.StartsWith("BK002: ", book.AskAs("nobody", "reminders", "list").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages": {"mail": {"host": "mail.example", "user": "clinic"}}}""", "BK081: Set the environment variable SCHEDULER_MAIL_PASSWORD")]
    [InlineData("""{"messages": {"sms": {"webhook": "https://gateway.example/in"}}}""", "BK081: Set the environment variable SCHEDULER_SMS_SECRET")]
    public void A_secret_that_is_missing_is_said_before_anything_is_tried(string settings, string expected)
    {
        File.WriteAllText(Path.Combine(book.Folder, "appsettings.json"), settings);

        Assert.StartsWith(expected, book.AskAs("admin", "reminders", "send-due").Error, StringComparison.Ordinal);
        Assert.StartsWith(expected, book.AskAs("admin", "serve").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(book.Json("reminders", "list").GetProperty("reminders").EnumerateArray(), r => r.GetProperty("state").GetString() == "failed");
    }

    [Theory]
    [InlineData("""{"messages": {"mail": {"port": 25}}}""", "host")]
    [InlineData("""{"messages": {"mail": {"host": "mail.example", "port": 0}}}""", "port")]
    [InlineData("""{"messages": {"sms": {"webhook": "http://gateway.example/in"}}}""", "https://")]
    [InlineData("""{"messages": {"sms": {"twilio": {"account": "AC1"}}}}""", "from")]
    [InlineData("""{"messages": {"sms": {"twilio": {"account": "AC1", "from": "+12025550100"}, "webhook": "https://gateway.example/in"}}}""", "webhook")]
    [InlineData("""{"messages": {"post": null}}""", "post")]
    public void Settings_that_do_not_fit_are_reported_at_their_place(string settings, string named)
    {
        File.WriteAllText(Path.Combine(book.Folder, "appsettings.json"), settings);

        var refused = book.AskAs("admin", "reminders", "list");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("appsettings.json:1:", refused.Error, StringComparison.Ordinal);
        Assert.Contains(named, refused.Error, StringComparison.Ordinal);
    }

    private static async Task<string> Written(string folder, string pattern, Task serving)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).FirstOrDefault() is { } file)
            {
                return await File.ReadAllTextAsync(file);
            }

            Assert.False(patience.IsCancellationRequested || serving.IsCompleted, "Nothing was written.");
            await Task.Delay(100);
        }
    }
}
