using Scheduler.App.Reminders.Channels;

namespace Scheduler.App.Tests.Reminders;

/// <summary>What is written into files for whoever tries things out.</summary>
public sealed class FileChannelTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-files-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_message_is_one_file_that_nobody_else_may_read()
    {
        var outbox = Path.Combine(folder.FullName, "outbox");
        var channel = new FileChannel("mail", outbox);
        var envelope = new Envelope("1@clinic.example", "p@example.org", "Your appointment", "Hello");

        Assert.IsType<Handover.Accepted>(await channel.Send(envelope, default));
        Assert.IsType<Handover.Accepted>(await channel.Send(envelope with { Text = "Hello again" }, default));

        var file = Assert.Single(Directory.GetFiles(outbox));
        Assert.Equal("1_clinic.example.mail.txt", Path.GetFileName(file));
        Assert.Equal("To: p@example.org\nSubject: Your appointment\nMessage-ID: <1@clinic.example>\n\nHello again\n", await File.ReadAllTextAsync(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(outbox));
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_failure_that_may_pass()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "taken"), "");

        var failed = Assert.IsType<Handover.Failed>(await new FileChannel("mail", Path.Combine(folder.FullName, "taken")).Send(new("1@c", "p@example.org", "S", "T"), default));

        Assert.StartsWith("the folder cannot be written", failed.Why, StringComparison.Ordinal);
    }
}
