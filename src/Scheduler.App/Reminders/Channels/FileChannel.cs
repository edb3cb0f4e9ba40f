using System.Text;

namespace Scheduler.App.Reminders.Channels;

/// <summary>Writes messages into a folder, a file each, for whoever tries things out: nothing leaves the machine, and nobody but the owner of the process may read it. The same message is the same file, however often it is sent.</summary>
/// <param name="carries">What it carries.</param>
/// <param name="folder">The folder; made where there is none.</param>
public sealed class FileChannel(string carries, string folder) : IChannel
{
    /// <inheritdoc />
    public string Carries => carries;

    /// <inheritdoc />
    public async Task<Handover> Send(Envelope envelope, CancellationToken cancel)
    {
        try
        {
            Make(folder);
            var file = Path.Combine(folder, $"{new string([.. envelope.MessageId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')])}.{carries}.txt");
            var half = $"{file}.half";
            await using (var text = new StreamWriter(half, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Owned(new() { Mode = FileMode.Create, Access = FileAccess.Write })))
            {
                await text.WriteAsync($"To: {envelope.To}\nSubject: {envelope.Subject}\nMessage-ID: <{envelope.MessageId}>\n\n{envelope.Text}\n".AsMemory(), cancel);
            }

            File.Move(half, file, overwrite: true);
            return new Handover.Accepted();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Handover.Failed($"the folder cannot be written ({refused.GetType().Name})");
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions Owned(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
