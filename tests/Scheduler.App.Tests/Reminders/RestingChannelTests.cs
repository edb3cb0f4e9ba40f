using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;

namespace Scheduler.App.Tests.Reminders;

/// <summary>A gateway that fails again and again is left alone for a while.</summary>
public sealed class RestingChannelTests
{
    private static readonly Envelope Message = new("0f3c@lakeside.example", "+12025550111", "", "Lakeside Clinic: your appointment is on Monday.");

    private static readonly Handover Rests = new Handover.Failed("the gateway rests");

    private readonly SetTime time = new();

    private readonly RestSettings settings = new();

    [Fact]
    public async Task After_as_many_failures_it_is_not_called_until_it_has_rested_and_goes_on_when_it_is_well()
    {
        var gateway = new Gateway { Answer = new Handover.Failed("busy") };
        var channel = new RestingChannel(gateway, time, settings);
        for (var i = 0; i < settings.Among; i++)
        {
            Assert.Equal(new Handover.Failed("busy"), await channel.Send(Message, default));
        }

        Assert.Equal(Rests, await channel.Send(Message, default));
        time.Pass(settings.For.ToTimeSpan() - TimeSpan.FromSeconds(1));
        Assert.Equal(Rests, await channel.Send(Message, default));
        Assert.Equal(settings.Among, gateway.Calls);

        // It is tried once, and rests again.
        time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(new Handover.Failed("busy"), await channel.Send(Message, default));
        Assert.Equal(Rests, await channel.Send(Message, default));

        time.Pass(settings.For.ToTimeSpan() + TimeSpan.FromSeconds(1));
        gateway.Answer = new Handover.Accepted();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => channel.Send(Message, default))), h => Assert.IsType<Handover.Accepted>(h));
    }

    [Fact]
    public async Task Each_failure_is_one_call_since_trying_again_is_not_its_business()
    {
        var gateway = new Gateway { Answer = new Handover.Failed("busy") };

        _ = await new RestingChannel(gateway, time).Send(Message, default);

        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task Recipients_who_are_refused_are_no_failure_of_the_gateway()
    {
        var gateway = new Gateway { Answer = new Handover.Refused("the number is none") };
        var channel = new RestingChannel(gateway, time);

        for (var i = 0; i < 100; i++)
        {
            Assert.IsType<Handover.Refused>(await channel.Send(Message, default));
        }

        Assert.Equal(100, gateway.Calls);
    }

    [Fact]
    public async Task A_gateway_that_hangs_is_given_up_in_time_and_rests_too()
    {
        var gateway = new Gateway { Hangs = true };
        var channel = new RestingChannel(gateway, time, settings);
        Assert.True(settings.Within < Delivery.SendsWithin);

        var calls = Enumerable.Range(0, settings.Among).Select(_ => channel.Send(Message, default)).ToList();
        Assert.DoesNotContain(calls, c => c.IsCompleted);
        time.Pass(settings.Within.ToTimeSpan());

        Assert.All(await Task.WhenAll(calls), h => Assert.Equal(new Handover.Failed("it took too long"), h));
        var next = channel.Send(Message, default);
        time.Pass(settings.Within.ToTimeSpan());
        Assert.Equal(Rests, await next);
    }

    [Fact]
    public async Task Another_gateway_does_not_rest_with_it_and_who_gives_up_is_let_go()
    {
        var (sick, well) = (new RestingChannel(new Gateway { Answer = new Handover.Failed("busy") }, time), new RestingChannel(new Gateway(), time));
        for (var i = 0; i <= settings.Among; i++)
        {
            _ = await sick.Send(Message, default);
        }

        Assert.Equal(Rests, await sick.Send(Message, default));
        Assert.IsType<Handover.Accepted>(await well.Send(Message, default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RestingChannel(new Gateway { Hangs = true }, time).Send(Message, new CancellationToken(canceled: true)));
        Assert.Equal("sms", well.Carries);
    }

    private sealed class Gateway : IChannel
    {
        public Handover Answer { get; set; } = new Handover.Accepted();

        public bool Hangs { get; init; }

        public int Calls { get; private set; }

        public string Carries => "sms";

        public async Task<Handover> Send(Envelope envelope, CancellationToken cancel)
        {
            Calls++;
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }

            return Answer;
        }
    }
}
