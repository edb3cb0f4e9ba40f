# When the last infusion is skipped, what counts from it counts from the one before, in hours and in days.
protocol: bundle
events:
  missed:
    when missed: infusion
    then: skip
story:
plan from 2027-01-04
all is booked
pre[1] and infusion[1] and post[1] and pre[2] and infusion[2] and post[2] take place
infusion[3] is missed
plan from 2027-01-07
> plan Mon 2027-01-04 09:00 pre[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Mon 2027-01-04 10:30 post[1]
> plan Tue 2027-01-05 13:00 pre[2]
> plan Tue 2027-01-05 13:30 infusion[2]
> plan Tue 2027-01-05 14:30 post[2]
> plan Wed 2027-01-06 09:00 pre[3]
> plan Wed 2027-01-06 09:30 infusion[3]
> plan Wed 2027-01-06 10:30 post[3]
> plan Fri 2027-01-08 10:30 call[1]
> plan Tue 2027-01-12 08:00 week[1]
> booked: call[1], week[1]
> completed: pre[1], pre[2], infusion[1], infusion[2], post[1], post[2]
> skipped: infusion[3]
> applied: missed 1 time
> left out: pre[3], infusion[3], post[3]
> counted anew: call-hours from end of infusion[2], a-week from end of infusion[2]
> plan Mon 2027-01-04 09:00 pre[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Mon 2027-01-04 10:30 post[1], stays
> plan Tue 2027-01-05 13:00 pre[2], stays
> plan Tue 2027-01-05 13:30 infusion[2], stays
> plan Tue 2027-01-05 14:30 post[2], stays
> plan Fri 2027-01-08 10:30 call[1]
> plan Tue 2027-01-12 08:00 week[1]
