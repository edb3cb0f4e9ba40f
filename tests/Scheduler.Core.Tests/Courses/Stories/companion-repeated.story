# When an infusion is held, the rating that was done before it that day is done again.
protocol: bundle
story:
plan from 2027-01-04
all is booked
pre[1] and infusion[1] and post[1] and pre[2] take place
infusion[2] is held
plan from 2027-01-06
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
> booked: pre[3], infusion[3], post[3], call[1], week[1]
> completed: pre[1], infusion[1], post[1]
> held: infusion[2]
> plan Mon 2027-01-04 09:00 pre[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Mon 2027-01-04 10:30 post[1], stays
> plan Wed 2027-01-06 09:00 pre[2]
> plan Wed 2027-01-06 09:30 infusion[2]
> plan Wed 2027-01-06 10:30 post[2]
> plan Thu 2027-01-07 13:00 pre[3]
> plan Thu 2027-01-07 13:30 infusion[3]
> plan Thu 2027-01-07 14:30 post[3]
> plan Mon 2027-01-11 08:00 call[1]
> plan Wed 2027-01-13 08:00 week[1]
