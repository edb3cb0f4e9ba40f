using System.Collections.Immutable;
using System.CommandLine;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using NodaTime;
using NodaTime.Text;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.App.Jobs;
using Scheduler.Web;
using Scheduler.Web.Answers;
using Scheduler.Web.Seen;
using Host = Scheduler.Web.Host;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler serve</c> and <c>scheduler sign-in</c></summary>
internal static class ServeCommands
{
    /// <summary>The folder of the keys that sign cookies, beside the book.</summary>
    private const string KeysFolder = "keys";

    public static Command Serve(Surroundings around)
    {
        var listen = Listen();
        return BookOptions.Command(
            "serve",
            "Serves the clinic's pages until Ctrl-C, and prints a link by which whoever --as names signs in.",
            around,
            [listen],
            async (parsed, book) =>
            {
                var settings = Chosen(book, parsed.GetValue(listen));
                return settings.IsDone ? await Serve(book, settings.Value) : BookAnswer.Refuse(around, settings.Refusal);
            },
            ofAll: true);
    }

    public static Command SignIn(Surroundings around)
    {
        var listen = Listen();
        var account = new Argument<string>("ACCOUNT") { Description = "The name of the account." };
        return BookOptions.Command(
            "sign-in",
            "Makes a link by which an account signs in to the pages, once and within 15 minutes. It takes an administrator of all clinics.",
            around,
            [account, listen],
            async (parsed, book) =>
            {
                var settings = Chosen(book, parsed.GetValue(listen));
                return settings.IsDone
                    ? await book.Answer(
                        new MakeSignInLink(parsed.GetValue(account)!) { As = book.As, Clinic = "" },
                        link => Json(link, settings.Value.BaseAddress),
                        link => around.Say(Line(link, settings.Value.BaseAddress)))
                    : BookAnswer.Refuse(around, settings.Refusal);
            },
            ofAll: true);
    }

    private static async Task<int> Serve(OpenBook book, WebSettings settings)
    {
        var around = book.Around;
        using var log = new LineLog(around.Error, around.Clock);
        var outgoing = book.Settings.Sent.Outgoing(book.Place.Folder, settings.BaseAddress, around);
        if (!outgoing.IsDone)
        {
            return BookAnswer.Refuse(around, outgoing.Refusal);
        }

        var engine = Engine.Chosen(book.Settings.Delivery, book.Place);
        if (!engine.IsDone)
        {
            return BookAnswer.Refuse(around, engine.Refusal);
        }

        var link = await new SignInLinks(book.Store, around.Clock, new SystemSecrets()).Make(book.As, book.As);
        if (!link.IsDone)
        {
            return BookAnswer.Refuse(around, link.Refusal);
        }

        var app = new Application(book.Store, around.Clock, new SystemSecrets(), DateTimeZoneProviders.Tzdb, outgoing.Value);
        await using var routines = new ClinicClockHost(app, book.Store, book.Place, around.Clock, log, engine.Value.Add);
        using var metrics = book.Settings.Seen.Collector is { } collector ? new ReminderMetrics(app.Reminders.Watching, collector, outgoing.Value.Node, ReminderMetrics.Usual) : null;
        await using var web = Host.Build(book.Store, around.Clock, new SystemSecrets(), settings, new()
        {
            Log = log,
            Routines = metrics is null ? [routines] : [routines, metrics],
            Checks = ImmutableDictionary<string, IHealthCheck>.Empty.Add("reminders", new RemindersCheck(app.Reminders.Watching)),
            Answering = new BookAnswers(app.Reminders.Answering),
            ForeignPages = engine.Value.Pages,
        });
        try
        {
            await web.StartAsync(around.Stop);
        }
        catch (IOException)
        {
            return BookAnswer.Refuse(around, Refusals.AddressTaken(WebSettings.Origin(settings.Listen)));
        }

        var at = Host.AddressOf(web);
        book.Print(link.Value, made => Json(made, at), made =>
        {
            around.Say($"The clinic's pages are at {WebSettings.Origin(at)} until you press Ctrl-C.");
            around.Say(Line(made, at));
            around.Say(book.Settings.Sent.ToFiles(book.Place.Folder));
            around.Say($"For others: scheduler sign-in ACCOUNT --as {book.As}");
        });
        await web.WaitForShutdownAsync(around.Stop);
        await web.StopAsync();
        return ExitCode.Done;
    }

    private static Option<string?> Listen()
    {
        var option = new Option<string?>("--listen") { Description = $"The address at which it listens; {WebSettings.UsualListen} unless the settings say otherwise.", HelpName = "ADDRESS" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ServedAt.Plain(result.Tokens[0].Value) is null)
            {
                result.AddError($"'{result.Tokens[0].Value}' does not fit --listen; expected {ServedAt.Expected}.");
            }
        });
        return option;
    }

    private static Answer<WebSettings> Chosen(OpenBook book, string? listen)
    {
        var said = book.Settings.Web;
        return WebSettings.Of(said.BaseAddress, listen is null ? said.Listen : ServedAt.Plain(listen)!, Path.Combine(book.Place.Folder, KeysFolder), said.Proxies);
    }

    private static string Link(SignInLink link, Uri at) => $"{WebSettings.Origin(at)}/sign-in/{link.Token}";

    private static string Line(SignInLink link, Uri at) => $"To sign in as {link.Account}, open this within {SignInLinks.Lifetime.TotalMinutes:0} minutes; it works once: {Link(link, at)}";

    private static object Json(SignInLink link, Uri at) => new { address = WebSettings.Origin(at), account = link.Account, link = Link(link, at), until = InstantPattern.General.Format(link.Until) };
}
